package io.kiln.root;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A part of what a folder holds.
 *
 * @param folder absolute, links resolved
 * @param parent the folder that it is in, empty where that is in no data root
 * @param files how many files of the folder match, on all pages
 * @param next what to ask the next page with, null on the last one
 */
public record FolderPage(Path folder, Optional<Path> parent, List<FolderEntry> entries, int files, String next) {}
