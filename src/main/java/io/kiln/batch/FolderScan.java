package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.root.DataRootService;
import io.kiln.root.NaturalOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Items from the files of a folder. */
@ApplicationScoped
public class FolderScan {
    public static final String STANDARD_PATTERN = "*.{h5,hdf5,hdf}";

    private final DataRootService roots;

    /** For the container's proxy only. */
    protected FolderScan() {
        this(null);
    }

    @Inject
    public FolderScan(DataRootService roots) {
        this.roots = roots;
    }

    /**
     * The files of the folder whose names match, in natural order ({@code scan_2} before {@code scan_10}).
     *
     * @param pattern as a shell's, for example {@code *.h5}
     * @throws InputRejectedException when the folder cannot be read or no file matches
     */
    public List<ItemSettings> scan(Path folder, String pattern) {
        List<Path> files = files(folder, pattern);
        if (files.isEmpty()) {
            throw new InputRejectedException("no file in '" + folder + "' matches '" + pattern + "'");
        }
        return files.stream().map(file -> ItemSettings.of(file.toString())).toList();
    }

    /**
     * The same as paths, absolute; none where no file matches.
     *
     * @throws InputRejectedException when the folder cannot be read
     */
    List<Path> files(Path folder, String pattern) {
        Path real = roots.path(roots.resolve(folder));
        PathMatcher matcher = matcher(real, pattern);
        try (Stream<Path> files = Files.list(real)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(file.getFileName()))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString(), NaturalOrder.OF_NAMES))
                    .toList();
        } catch (IOException e) {
            throw new InputRejectedException("cannot list '" + folder + "': no such folder, or not allowed", e);
        }
    }

    private static PathMatcher matcher(Path folder, String pattern) {
        try {
            return folder.getFileSystem().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new InputRejectedException("'" + pattern + "' is no file name pattern: " + e.getDescription(), e);
        }
    }
}
