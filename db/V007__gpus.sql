-- What a node's GPUs tell about themselves, and failures that lose a device.

ALTER TABLE device
  ADD COLUMN free_bytes bigint,
  ADD COLUMN busy_percent integer,
  -- which processes beside the server's own compute on it; nothing is begun on it meanwhile
  ADD COLUMN occupied_by text;

ALTER TABLE run_failure DROP CONSTRAINT run_failure_kind_check;
ALTER TABLE run_failure ADD CONSTRAINT run_failure_kind_check CHECK (kind IN ('ERROR', 'DISK_FULL', 'DEVICE', 'DEVICE_LOST', 'LOST'));
