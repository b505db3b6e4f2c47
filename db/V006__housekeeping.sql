-- Who this Kiln is, so that it tells its own work folders from those of others that work on the same files; made when it is first asked for, and kept by a backup.
CREATE TABLE identity (
  id        uuid NOT NULL DEFAULT gen_random_uuid(),
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton)
);

-- what is older than so many days is found without looking at the rest
CREATE INDEX event_by_time ON event (at);
