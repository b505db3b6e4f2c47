package io.kiln.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A work folder that a run left behind.
 *
 * @param bytes what it holds
 * @param lastChanged when anything in it was last written to, by the clock of its file system
 * @param owner which Kiln the run was one of; empty where the folder does not say
 * @param holdsReplacedOutput true where publishing was broken off and an earlier output lies in it: deleting it would lose that
 */
public record StrayWorkFolder(
        RunId run, Path folder, long bytes, Instant lastChanged, Optional<String> owner, boolean holdsReplacedOutput) {}
