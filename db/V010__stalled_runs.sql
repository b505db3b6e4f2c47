-- Since when a running run has settled nothing, where that is longer than its own pace explains.

ALTER TABLE run ADD COLUMN stalled_since timestamptz;
