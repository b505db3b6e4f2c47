-- What people who went through a batch's pictures have said of each item.

CREATE TABLE item_mark (
  item      uuid PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  mark      text NOT NULL CHECK (mark IN ('GOOD', 'TRY_AGAIN', 'SKIP')),
  marked_by text NOT NULL,
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
