-- How many devices the runs of a batch may hold at once; null for as many as there are.

ALTER TABLE batch ADD COLUMN max_devices integer CHECK (max_devices >= 1);
