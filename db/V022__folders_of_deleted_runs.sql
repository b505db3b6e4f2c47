-- Work folders of runs that are deleted: they go, with the run's log, once that is certain. What could not be deleted is tried again a day later.
CREATE TABLE forgotten_work_folder (
  run      uuid NOT NULL,
  folder   text NOT NULL,
  tried_at timestamptz,
  PRIMARY KEY (run, folder)
);
