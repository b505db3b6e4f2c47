-- When a node began to go down: WildFly then asks the executions of the other nodes to stop, too.
ALTER TABLE node ADD COLUMN goes_down_at timestamptz;

-- A database without room, memory or connections, or one that has a transaction give way, fails no run.
ALTER TABLE run_failure DROP CONSTRAINT run_failure_kind_check;
ALTER TABLE run_failure ADD CONSTRAINT run_failure_kind_check
  CHECK (kind IN ('ERROR', 'DISK_FULL', 'DEVICE', 'DEVICE_FULL', 'DEVICE_LOST', 'DATABASE_BUSY', 'LOST'));
