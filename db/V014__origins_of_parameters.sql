-- Where each of a run's parameters came from: {"binning": "BATCH", …}. Nobody knows for runs that were queued before.

ALTER TABLE run ADD COLUMN origins jsonb;

-- the audit, by who and by what they did
CREATE INDEX audit_by_who ON audit (who, id DESC);
CREATE INDEX audit_by_action ON audit (action, id DESC);
