-- Who wants to be told what about batches, and what was told.

CREATE TABLE subscription (
  id         uuid PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  owner      text NOT NULL,
  -- null: every batch that the owner makes
  batch      uuid REFERENCES batch ON DELETE CASCADE,
  occasions  text[] NOT NULL,
  channel    text NOT NULL CHECK (channel IN ('MAIL', 'WEBHOOK')),
  address    text NOT NULL,
  -- what webhooks are signed with
  secret     text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((channel = 'WEBHOOK') = (secret IS NOT NULL))
);
CREATE INDEX subscription_by_batch ON subscription (batch);

CREATE TABLE notification (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscription uuid NOT NULL REFERENCES subscription ON DELETE CASCADE,
  occasion     text NOT NULL CHECK (occasion IN ('BATCH_ENDED', 'FIRST_FAILURE', 'STALLED')),
  batch        uuid NOT NULL,
  run          uuid,
  subject      text NOT NULL,
  content      jsonb NOT NULL,
  state        text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'SENT', 'FAILED')),
  attempts     integer NOT NULL DEFAULT 0,
  due_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome      text,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz
);
CREATE INDEX notification_due ON notification (due_at) WHERE state = 'PENDING';
CREATE INDEX notification_by_subscription ON notification (subscription, id DESC);

-- up to which event was looked for occasions; whoever holds the row looks
CREATE TABLE notification_cursor (
  singleton   boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  transaction bigint NOT NULL,
  number      bigint NOT NULL
);

-- batches that are at work, as the cursor has seen them
CREATE TABLE batch_at_work (
  batch  uuid PRIMARY KEY REFERENCES batch ON DELETE CASCADE,
  failed boolean NOT NULL DEFAULT false
);
