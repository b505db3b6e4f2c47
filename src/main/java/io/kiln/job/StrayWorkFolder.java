package io.kiln.job;

import java.nio.file.Path;

/**
 * A work folder that a run left behind.
 *
 * @param bytes what it holds
 * @param holdsReplacedOutput true where publishing was broken off and an earlier output lies in it: deleting it would lose that
 */
public record StrayWorkFolder(RunId run, Path folder, long bytes, boolean holdsReplacedOutput) {}
