-- What happened, for those who watch and those who ask later; append-only.

CREATE TABLE event (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid     xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind    text NOT NULL,
  batch   uuid,
  item    uuid,
  run     uuid,
  attempt integer,
  state   text,
  reason  text
);
CREATE INDEX event_in_commit_order ON event (xid, id);
CREATE INDEX event_by_run ON event (run, id);

CREATE TABLE audit (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  who     text NOT NULL,
  action  text NOT NULL,
  subject text NOT NULL,
  detail  jsonb NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject, id DESC);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER event_is_append_only BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- wakes dispatchers and event streams; the payload is not looked at
CREATE FUNCTION wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('kiln', '');
  RETURN NULL;
END $$;
CREATE TRIGGER event_wakes AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION wake();
