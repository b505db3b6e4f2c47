-- Which runs have, or are to have, their output at a place: asked for each run that is queued.

CREATE INDEX run_by_output ON run (output_root, output_area, output_folder, output_name);
DROP INDEX run_by_output_root;
