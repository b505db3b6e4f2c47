-- Data roots, batches and items. Paths are relative to their root, so that a root can move.

CREATE TABLE data_root (
  id       uuid PRIMARY KEY,
  path     text NOT NULL UNIQUE,
  kind     text NOT NULL CHECK (kind IN ('DATA', 'RESULTS')),
  version  integer NOT NULL,
  added_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- other names by which people know a root, for example where another machine mounts it
CREATE TABLE data_root_alias (
  root  uuid NOT NULL REFERENCES data_root ON DELETE CASCADE,
  alias text PRIMARY KEY
);
CREATE INDEX data_root_alias_by_root ON data_root_alias (root);

CREATE TABLE batch (
  id          uuid PRIMARY KEY,
  seq         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  name        text NOT NULL,
  pipeline    text,
  parameters  jsonb NOT NULL,
  target      text NOT NULL,
  output_root uuid REFERENCES data_root,
  output_area text CHECK (output_area IN ('INSIDE', 'BESIDE')),
  output_path text,
  version     integer NOT NULL,
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((output_root IS NULL) = (output_path IS NULL) AND (output_root IS NULL) = (output_area IS NULL))
);
CREATE INDEX batch_by_output_root ON batch (output_root);

CREATE TABLE item (
  id         uuid PRIMARY KEY,
  batch      uuid NOT NULL REFERENCES batch ON DELETE CASCADE,
  position   bigint NOT NULL,
  name       text NOT NULL,
  input_root uuid NOT NULL REFERENCES data_root,
  input_path text NOT NULL,
  parameters jsonb NOT NULL,
  comment    text NOT NULL,
  version    integer NOT NULL,
  CONSTRAINT item_position UNIQUE (batch, position) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX item_by_input ON item (input_root, input_path);

-- the items that an item comes after
CREATE TABLE item_after (
  item    uuid NOT NULL REFERENCES item ON DELETE CASCADE,
  earlier uuid NOT NULL REFERENCES item ON DELETE CASCADE,
  PRIMARY KEY (item, earlier)
);
CREATE INDEX item_after_by_earlier ON item_after (earlier);

-- whose output a place is: outputs of other items that would coincide get a folder of their own
CREATE TABLE output_claim (
  root uuid NOT NULL REFERENCES data_root ON DELETE CASCADE,
  area text NOT NULL,
  path text NOT NULL,
  item uuid NOT NULL REFERENCES item ON DELETE CASCADE,
  PRIMARY KEY (root, area, path)
);
CREATE INDEX output_claim_by_item ON output_claim (item);
