package io.kiln.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds and deletes work folders that nobody needs any more. */
public final class WorkFolders {
    private WorkFolders() {}

    /**
     * The work folders of runs directly in these folders; folders that do not exist are passed over.
     *
     * @param isWanted of which runs; work folders of any other are left out
     */
    public static List<StrayWorkFolder> strays(Collection<Path> folders, Predicate<RunId> isWanted) throws IOException {
        List<StrayWorkFolder> strays = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                strays.addAll(straysIn(folder, isWanted));
            }
        }
        return strays;
    }

    /** @throws IllegalStateException when the folder holds an earlier output */
    public static void delete(StrayWorkFolder stray) throws IOException {
        delete(stray.run(), stray.folder());
    }

    /**
     * Deletes a folder that the run may have worked in; nothing where there is none.
     *
     * @throws IllegalStateException when it holds an earlier output
     */
    public static void delete(RunId run, Path folder) throws IOException {
        reasonToKeep(run, folder).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        new DurableFiles().delete(folder);
    }

    /** Says so, and what to do, where the folder holds an earlier output. */
    public static Optional<String> reasonToKeep(RunId run, Path folder) throws IOException {
        return holdsReplacedOutput(folder)
                ? Optional.of(folder + " holds an output that run " + run
                        + " was about to replace: restart the run, or move that output away first")
                : Optional.empty();
    }

    private static List<StrayWorkFolder> straysIn(Path folder, Predicate<RunId> isWanted) throws IOException {
        List<StrayWorkFolder> strays = new ArrayList<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : (Iterable<Path>) children.sorted()::iterator) {
                Optional<RunId> run = run(child).filter(isWanted);
                if (run.isPresent()) {
                    strays.add(new StrayWorkFolder(
                            run.get(),
                            child,
                            DiskSpace.bytesIn(child),
                            lastChanged(child),
                            owner(child),
                            holdsReplacedOutput(child)));
                }
            }
        }
        return strays;
    }

    private static Optional<RunId> run(Path child) {
        String name = child.getFileName().toString();
        if (!name.startsWith(RunFolders.PREFIX) || !Files.isDirectory(child)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RunId.parse(name.substring(RunFolders.PREFIX.length())));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Instant lastChanged(Path workFolder) throws IOException {
        Instant last = Instant.MIN;
        try (Stream<Path> tree = Files.walk(workFolder)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                Instant changed = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                last = changed.isAfter(last) ? changed : last;
            }
        }
        return last;
    }

    private static Optional<String> owner(Path workFolder) throws IOException {
        Path owner = new RunFolders(workFolder, workFolder).owner();
        return Files.isRegularFile(owner) ? Optional.of(Files.readString(owner)) : Optional.empty();
    }

    private static boolean holdsReplacedOutput(Path workFolder) throws IOException {
        RunFolders folders = new RunFolders(workFolder, workFolder);
        return holdsAnything(folders.aside()) || holdsAnything(folders.old());
    }

    private static boolean holdsAnything(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isPresent();
        }
    }
}
