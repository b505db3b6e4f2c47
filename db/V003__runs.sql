-- Runs, the nodes and devices that execute them, and the ledger of what is durably done.

CREATE TABLE node (
  name         text PRIMARY KEY,
  boot         uuid NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  draining     boolean NOT NULL DEFAULT false
);

CREATE TABLE device (
  node         text NOT NULL REFERENCES node ON DELETE CASCADE,
  id           text NOT NULL,
  title        text NOT NULL,
  memory_bytes bigint NOT NULL,
  quarantined_until timestamptz,
  quarantine_reason text,
  PRIMARY KEY (node, id)
);

CREATE SEQUENCE run_queue_order;

CREATE TABLE run (
  id              uuid PRIMARY KEY,
  seq             bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  queue_order     bigint NOT NULL DEFAULT nextval('run_queue_order'),
  batch           uuid NOT NULL REFERENCES batch ON DELETE CASCADE,
  item            uuid NOT NULL REFERENCES item ON DELETE CASCADE,
  pipeline        text NOT NULL,
  is_try          boolean NOT NULL,
  state           text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'PUBLISHING', 'COMPLETED', 'FAILED', 'STOPPED', 'SKIPPED')),
  reason          text,
  hold_folder     text,
  hold_bytes      bigint,
  parameters      jsonb NOT NULL,
  significant     jsonb NOT NULL,
  target          text NOT NULL,
  devices         integer NOT NULL CHECK (devices >= 0),
  priority        integer NOT NULL,
  not_before      timestamptz,
  force           boolean NOT NULL,
  input_root      uuid NOT NULL REFERENCES data_root,
  input_path      text NOT NULL,
  input_bytes     bigint NOT NULL,
  input_modified  timestamptz NOT NULL,
  output_root     uuid NOT NULL REFERENCES data_root,
  output_area     text NOT NULL CHECK (output_area IN ('INSIDE', 'BESIDE')),
  output_folder   text NOT NULL,
  output_name     text NOT NULL,
  output_form     text NOT NULL CHECK (output_form IN ('FOLDER', 'FILE')),
  attempt         integer NOT NULL DEFAULT 0,
  idle_attempts   integer NOT NULL DEFAULT 0,
  node            text,
  boot            uuid,
  lease_token     uuid,
  execution_id    bigint,
  stop_requested  text,
  -- when an execution of the run was stopped that nobody had asked Kiln to stop: by an administrator, or by the server as it goes down
  stopped_outside timestamptz,
  plan            jsonb,
  units           integer,
  unit_name       text,
  incomplete      boolean NOT NULL DEFAULT false,
  queued_by       text NOT NULL,
  queued_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at      timestamptz,
  claimed_at      timestamptz,
  ended_at        timestamptz
);
CREATE INDEX run_by_batch ON run (batch, seq DESC);
CREATE INDEX run_by_state ON run (state, seq DESC);
CREATE INDEX run_by_batch_and_state ON run (batch, state, seq DESC);
CREATE INDEX run_by_item ON run (item, pipeline, seq DESC);
CREATE INDEX run_by_input_root ON run (input_root);
CREATE INDEX run_by_output_root ON run (output_root);
CREATE INDEX run_queue ON run (priority DESC, is_try DESC, queue_order) WHERE state = 'QUEUED';
CREATE INDEX run_active ON run (node) WHERE state IN ('RUNNING', 'PUBLISHING');
-- one active run per output: the second claim of a place fails here, whatever the code believes
CREATE UNIQUE INDEX run_active_output ON run (output_root, output_area, output_folder, output_name)
  WHERE state IN ('RUNNING', 'PUBLISHING');

CREATE TABLE device_lease (
  node       text NOT NULL,
  device     text NOT NULL,
  run        uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  attempt    integer NOT NULL,
  leased_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (node, device),
  FOREIGN KEY (node, device) REFERENCES device ON DELETE CASCADE
);
CREATE INDEX device_lease_by_run ON device_lease (run);

CREATE TABLE run_execution (
  execution_id bigint PRIMARY KEY,
  run          uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  attempt      integer NOT NULL,
  node         text NOT NULL,
  devices      text[] NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz
);
CREATE INDEX run_execution_by_run ON run_execution (run, execution_id DESC);

-- why an attempt failed; kept apart from run, because it is noted while the attempt's own transaction may hold the run's row
CREATE TABLE run_failure (
  run      uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  attempt  integer NOT NULL,
  kind     text NOT NULL CHECK (kind IN ('ERROR', 'DISK_FULL', 'DEVICE', 'LOST')),
  device   text,
  folder   text,
  needed_bytes bigint,
  message  text NOT NULL,
  noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, attempt)
);

CREATE TABLE ledger (
  run       uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  from_unit integer NOT NULL,
  to_unit   integer NOT NULL,
  outcome   text NOT NULL CHECK (outcome IN ('DONE', 'SKIPPED')),
  attempt   integer NOT NULL,
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, from_unit),
  CHECK (from_unit >= 0 AND to_unit > from_unit)
);

-- executions that were refused because the queue had not started them; the dispatcher queues their runs instead
CREATE TABLE run_request (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run          uuid REFERENCES run ON DELETE CASCADE,
  execution_id bigint NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX run_request_by_run ON run_request (run);
