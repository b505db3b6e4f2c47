-- Files that parameters name (flats and darks of their own) belong to what a run reads: {"flatFile": {"bytes": …, "modified": …}}.
-- Runs from before know nothing of theirs, so one that names such files counts as done no more.

ALTER TABLE run ADD COLUMN parameter_files jsonb NOT NULL DEFAULT '{}';
