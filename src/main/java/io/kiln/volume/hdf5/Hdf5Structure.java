package io.kiln.volume.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.kiln.pipeline.InputRejectedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reading the structure of a file with jhdf, whose exceptions become errors that name the file. */
final class Hdf5Structure {
    private static final int LISTED = 20;

    private Hdf5Structure() {}

    /** The structure reads by this channel and must not be closed itself: jhdf cannot do that without a path. */
    static HdfFile open(Path path, FileChannel channel) throws IOException {
        HdfFile structure = opened(path, channel);
        Superblock superblock = structure.getHdfBackingStorage().getSuperblock();
        long end = superblock.getEndOfFileAddress();
        if (end > channel.size()) {
            throw new InputRejectedException(path + " is cut off: it should have " + end + " bytes and has "
                    + channel.size() + "; copy it again, or wait until it is written");
        }
        return structure;
    }

    private static HdfFile opened(Path path, FileChannel channel) throws IOException {
        try {
            return new HdfFile(channel);
        } catch (RuntimeException notReadable) {
            // jhdf takes every channel for a connection
            String reason = String.valueOf(notReadable.getMessage()).replace(" in remote file", "");
            throw new InputRejectedException(
                    path + " (" + channel.size() + " bytes) is no readable HDF5 file: " + reason
                            + "; check that it is HDF5 and was copied whole",
                    notReadable);
        }
    }

    /** What jhdf reads of a damaged or unusual file ends in exceptions of many kinds; to us the file is at fault. */
    static <T> T reading(Path path, String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (InputRejectedException rejected) {
            throw rejected;
        } catch (RuntimeException unreadable) {
            throw new InputRejectedException(
                    name + " of " + path + " cannot be read: " + causes(unreadable)
                            + "; if h5dump can read it, repack the file with h5repack",
                    unreadable);
        }
    }

    private static String causes(Throwable thrown) {
        String text = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return thrown.getCause() == null || thrown.getCause() == thrown
                ? text
                : text + " (" + causes(thrown.getCause()) + ")";
    }

    /** Paths of the datasets, for messages. */
    static String datasets(HdfFile structure) {
        List<String> found = new ArrayList<>();
        collect(structure, found);
        return found.isEmpty() ? "none" : String.join(", ", found);
    }

    private static void collect(Group group, List<String> found) {
        for (Node child : group.getChildren().values()) {
            if (found.size() == LISTED) {
                return;
            }
            if (child.isLink()) {
                continue;
            }
            if (child instanceof Dataset) {
                found.add(child.getPath());
            } else if (child instanceof Group inner) {
                collect(inner, found);
            }
        }
    }
}
