-- Runs that are not to wait, and which attempts were asked to give them their devices.

ALTER TABLE run ADD COLUMN urgent boolean NOT NULL DEFAULT false;

DROP INDEX run_queue;
CREATE INDEX run_queue ON run (urgent DESC, priority DESC, is_try DESC, queue_order) WHERE state = 'QUEUED';

CREATE TABLE run_yield (
  run      uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  urgent   uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  attempt  integer NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- a run yields to another one once
  PRIMARY KEY (run, urgent)
);
CREATE INDEX run_yield_by_urgent ON run_yield (urgent);
