package io.kiln.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * The work folders of dead runs directly in these folders; folders that do not exist are passed over.
     *
     * @param isOver true for runs that are known and will not go on; work folders of any other run, known or not, are left out
     */
    public static List<StrayWorkFolder> strays(Collection<Path> folders, Predicate<RunId> isOver) throws IOException {
        List<StrayWorkFolder> strays = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                strays.addAll(straysIn(folder, isOver));
            }
        }
        return strays;
    }

    /** @throws IllegalStateException when the folder holds an earlier output */
    public static void delete(StrayWorkFolder stray) throws IOException {
        if (holdsReplacedOutput(stray.folder())) {
            throw new IllegalStateException(stray.folder() + " holds an output that run " + stray.run()
                    + " was about to replace: restart the run, or move that output away first");
        }
        new DurableFiles().delete(stray.folder());
    }

    private static List<StrayWorkFolder> straysIn(Path folder, Predicate<RunId> isOver) throws IOException {
        List<StrayWorkFolder> strays = new ArrayList<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : (Iterable<Path>) children.sorted()::iterator) {
                Optional<RunId> run = run(child).filter(isOver);
                if (run.isPresent()) {
                    strays.add(new StrayWorkFolder(
                            run.get(), child, DiskSpace.bytesIn(child), holdsReplacedOutput(child)));
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
