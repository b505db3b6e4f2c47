-- A data root whose file system is not mounted fails no run.
ALTER TABLE run_failure DROP CONSTRAINT run_failure_kind_check;
ALTER TABLE run_failure ADD CONSTRAINT run_failure_kind_check
  CHECK (kind IN ('ERROR', 'DISK_FULL', 'DEVICE', 'DEVICE_FULL', 'DEVICE_LOST', 'DATABASE_BUSY', 'ROOT_AWAY', 'LOST'));
