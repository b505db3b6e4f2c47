-- Who may change a batch: everybody with the role for it while it is shared, else only who made it, and administrators.

ALTER TABLE batch ADD COLUMN shared boolean NOT NULL DEFAULT true;

-- What scripts sign in with. The secret is kept as a digest alone; an owner who was removed and added again has another serial, and none of these.

CREATE TABLE token (
  id           uuid PRIMARY KEY,
  seq          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  owner        text NOT NULL,
  owner_serial text NOT NULL,
  name         text NOT NULL,
  role         text NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'ADMIN')),
  digest       bytea NOT NULL UNIQUE,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at   timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX token_by_owner ON token (owner, seq DESC);
