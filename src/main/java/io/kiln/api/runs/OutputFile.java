package io.kiln.api.runs;

import java.time.Instant;

/**
 * A file that a run has published, as it is answered.
 *
 * @param path relative to the output's folder, with forward slashes
 */
public record OutputFile(String path, long bytes, Instant modified) {}
