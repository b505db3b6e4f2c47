-- Parameters that people keep under a name. They belong to no batch: one that uses a set has its values, not the set.

CREATE TABLE parameter_set (
  id         uuid PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  name       text NOT NULL,
  pipeline   text,
  parameters jsonb NOT NULL,
  shared     boolean NOT NULL,
  owner      text NOT NULL,
  version    integer NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (owner, name)
);
