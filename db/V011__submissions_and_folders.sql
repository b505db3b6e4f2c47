-- How often a batch was submitted, by whom last; the folders that its items come from; and what was found of items' files outside of Kiln.

ALTER TABLE batch
  ADD COLUMN submissions integer NOT NULL DEFAULT 0,
  ADD COLUMN last_submitted_at timestamptz,
  ADD COLUMN last_submitted_by text;

UPDATE batch SET submissions = told.times, last_submitted_at = told.at, last_submitted_by = told.who
  FROM (SELECT subject, count(*) AS times, max(at) AS at, (array_agg(who ORDER BY id DESC))[1] AS who
        FROM audit WHERE action = 'queue runs' GROUP BY subject) told
  WHERE told.subject = batch.id::text;

CREATE TABLE batch_folder (
  batch   uuid NOT NULL REFERENCES batch ON DELETE CASCADE,
  root    uuid NOT NULL REFERENCES data_root ON DELETE CASCADE,
  path    text NOT NULL,
  pattern text NOT NULL,
  PRIMARY KEY (batch, root, path, pattern)
);
CREATE INDEX batch_folder_by_root ON batch_folder (root);

ALTER TABLE item ADD COLUMN input_missing boolean NOT NULL DEFAULT false;

-- outputs that another program has left where Kiln would put the item's own; relative to the root of its input
CREATE TABLE item_found (
  item     uuid NOT NULL REFERENCES item ON DELETE CASCADE,
  is_try   boolean NOT NULL,
  area     text NOT NULL,
  path     text NOT NULL,
  files    integer NOT NULL,
  modified timestamptz NOT NULL,
  PRIMARY KEY (item, is_try)
);
