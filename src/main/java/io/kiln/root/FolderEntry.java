package io.kiln.root;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What is in a folder.
 *
 * @param path absolute, links resolved
 * @param bytes of a file; 0 for a folder
 */
public record FolderEntry(String name, Path path, boolean isFolder, long bytes, Instant modified) {}
