-- Which share of an attempt was computed on which device, and when; how far each is, the ledger tells.

CREATE TABLE run_lane (
  run      uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  attempt  integer NOT NULL,
  device   text NOT NULL,
  units    int4multirange NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- stays null where the attempt ended before its lane could say so
  ended_at timestamptz,
  PRIMARY KEY (run, attempt, device)
);

-- what a node has computed in the last hours, and what ended today
CREATE INDEX run_execution_by_node_and_end ON run_execution (node, ended_at);
CREATE INDEX run_by_end ON run (ended_at) WHERE ended_at IS NOT NULL;
