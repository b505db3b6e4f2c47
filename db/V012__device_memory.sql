-- Attempts that found their device's memory taken by others.

ALTER TABLE run_failure DROP CONSTRAINT run_failure_kind_check;
ALTER TABLE run_failure ADD CONSTRAINT run_failure_kind_check
  CHECK (kind IN ('ERROR', 'DISK_FULL', 'DEVICE', 'DEVICE_FULL', 'DEVICE_LOST', 'LOST'));
