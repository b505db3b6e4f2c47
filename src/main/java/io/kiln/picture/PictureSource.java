package io.kiln.picture;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is looked at.
 *
 * @param path a file, or a folder of images; whoever makes this has made sure that it may be read
 * @param dataset of an HDF5 file; empty for the one that most likely is meant
 */
public record PictureSource(Path path, Optional<String> dataset) {}
