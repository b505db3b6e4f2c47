-- When a node began to go down: WildFly then asks the executions of the other nodes to stop, too.
ALTER TABLE node ADD COLUMN goes_down_at timestamptz;
