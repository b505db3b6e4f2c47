package io.kiln.root;

import io.kiln.pipeline.InputRejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Shows what is in the folders of the data roots; hidden files, and links that lead out of the roots, are left out. */
@ApplicationScoped
@Transactional
public class FolderListing {
    private static final Comparator<FolderEntry> FOLDERS_FIRST = Comparator.comparing(FolderEntry::isFolder)
            .reversed()
            .thenComparing(FolderEntry::name, NaturalOrder.OF_NAMES);

    private final DataRootService roots;

    /** For the container's proxy only. */
    protected FolderListing() {
        this(null);
    }

    @Inject
    public FolderListing(DataRootService roots) {
        this.roots = roots;
    }

    /**
     * Folders first, each in natural order.
     *
     * @param pattern which files, as a shell's; all where it is empty
     * @param after {@link FolderPage#next()} of the page before, null for the first
     * @param limit most entries of the page
     * @throws OutsideRootsException when the folder lies in no data root
     * @throws InputRejectedException when it cannot be listed, or the pattern is none
     */
    public FolderPage list(Path folder, Optional<String> pattern, String after, int limit) {
        DataRoots present = roots.now();
        Path real = roots.path(present.resolve(folder));
        List<FolderEntry> all = entries(real, folder, pattern.map(text -> matcher(real, text)), present);
        all.sort(FOLDERS_FIRST);
        int from = after == null ? 0 : behind(all, after);
        List<FolderEntry> shown = all.subList(from, Math.min(all.size(), from + limit));
        boolean isLast = from + shown.size() == all.size();
        return new FolderPage(
                real,
                Optional.ofNullable(real.getParent()).filter(present::contain),
                List.copyOf(shown),
                (int) all.stream().filter(entry -> !entry.isFolder()).count(),
                isLast ? null : token(shown.get(shown.size() - 1)));
    }

    private static List<FolderEntry> entries(Path real, Path folder, Optional<PathMatcher> matcher, DataRoots present) {
        try (Stream<Path> names = Files.list(real)) {
            List<FolderEntry> entries = new ArrayList<>();
            names.filter(path -> !path.getFileName().toString().startsWith("."))
                    .forEach(path -> entry(path, present)
                            .filter(one -> one.isFolder()
                                    || matcher.map(some -> some.matches(path.getFileName()))
                                            .orElse(true))
                            .ifPresent(entries::add));
            return entries;
        } catch (IOException e) {
            throw new InputRejectedException("cannot list '" + folder + "': no such folder, or not allowed", e);
        }
    }

    /** Empty for what is no file or folder, leads out of the roots, or is gone meanwhile. */
    private static Optional<FolderEntry> entry(Path path, DataRoots present) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean mayLeadElsewhere = attributes.isSymbolicLink() || attributes.isDirectory();
            if (mayLeadElsewhere && !present.contain(path)) {
                return Optional.empty();
            }
            return attributes.isSymbolicLink()
                    ? described(path, path.toRealPath(), Files.readAttributes(path, BasicFileAttributes.class))
                    : described(path, path, attributes);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<FolderEntry> described(Path path, Path real, BasicFileAttributes attributes) {
        if (!attributes.isDirectory() && !attributes.isRegularFile()) {
            return Optional.empty();
        }
        Instant modified = attributes.lastModifiedTime().toInstant();
        long bytes = attributes.isDirectory() ? 0 : attributes.size();
        return Optional.of(
                new FolderEntry(path.getFileName().toString(), real, attributes.isDirectory(), bytes, modified));
    }

    private static String token(FolderEntry entry) {
        return (entry.isFolder() ? "folder " : "file ") + entry.name();
    }

    private static int behind(List<FolderEntry> sorted, String after) {
        int space = after.indexOf(' ');
        FolderEntry last =
                new FolderEntry(after.substring(space + 1), Path.of(""), after.startsWith("folder "), 0, Instant.EPOCH);
        return (int) sorted.stream()
                .filter(entry -> FOLDERS_FIRST.compare(entry, last) <= 0)
                .count();
    }

    private static PathMatcher matcher(Path folder, String pattern) {
        try {
            return folder.getFileSystem().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new InputRejectedException("'" + pattern + "' is no file name pattern: " + e.getDescription(), e);
        }
    }
}
