package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.root.Area;
import io.kiln.root.DataRootService;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.root.NaturalOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
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
     * @throws InputRejectedException when the folder cannot be read, no file matches, or those that do lead out of the roots
     */
    public List<ItemSettings> scan(Path folder, String pattern) {
        Found found = files(folder, pattern);
        if (found.inside().isEmpty()) {
            throw new InputRejectedException("no file in '" + folder + "' matches '" + pattern + "'"
                    + found.leftOut()
                            .map(what -> ", but for what is left out: " + what)
                            .orElse(""));
        }
        return found.inside().stream()
                .map(file -> ItemSettings.of(file.toString()))
                .toList();
    }

    /**
     * The files of a folder.
     *
     * @param inside absolute paths
     * @param outside links that lead out of the data roots, and what is among the outputs of one
     */
    record Found(List<Path> inside, List<Path> outside) {
        private static final int MOST_NAMES = 5;

        /** Says which are left out; empty where none is. */
        Optional<String> leftOut() {
            if (outside.isEmpty()) {
                return Optional.empty();
            }
            String names = outside.stream()
                    .limit(MOST_NAMES)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.joining(", "));
            int more = outside.size() - MOST_NAMES;
            return Optional.of(names + (more > 0 ? " and " + more + " more" : "")
                    + ": what a link has out of the data roots, or what is among the outputs of one, is left out; have an"
                    + " admin add the folder where it is as a root");
        }
    }

    /**
     * The same as paths; none where no file matches.
     *
     * @throws InputRejectedException when the folder cannot be read
     */
    Found files(Path folder, String pattern) {
        DataRoots present = roots.now();
        Location place = present.resolve(folder);
        boolean isOfInputs = place.area() == Area.INSIDE;
        Path real = present.path(place);
        PathMatcher matcher = matcher(real, pattern);
        try (Stream<Path> files = Files.list(real)) {
            Map<Boolean, List<Path>> found = files.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(file.getFileName()))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString(), NaturalOrder.OF_NAMES))
                    .collect(Collectors.partitioningBy(
                            file -> Files.isSymbolicLink(file) ? isInside(file, present) : isOfInputs));
            return new Found(found.get(true), found.get(false));
        } catch (IOException e) {
            throw new InputRejectedException("cannot list '" + folder + "': no such folder, or not allowed", e);
        }
    }

    /** What lies beside a root is output, and no input. */
    private static boolean isInside(Path file, DataRoots present) {
        return present.find(file).filter(place -> place.area() == Area.INSIDE).isPresent();
    }

    private static PathMatcher matcher(Path folder, String pattern) {
        try {
            return folder.getFileSystem().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new InputRejectedException("'" + pattern + "' is no file name pattern: " + e.getDescription(), e);
        }
    }
}
