package io.kiln.cli.backup;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.KilnHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a home that are its settings: who may sign in, and how the server is configured. */
record HomeFiles(KilnHome home) {
    /** Prefix of their entries in a backup. */
    static final String PREFIX = "home/";

    /** Returns the files that there are. */
    List<Path> existing() throws IOException {
        List<Path> files = new ArrayList<>(List.of(
                home.adminPassword(),
                home.server().resolve("configuration").resolve("standalone.xml"),
                home.server().resolve("configuration").resolve("standalone.as-shipped.xml")));
        if (Files.isDirectory(home.users())) {
            try (Stream<Path> users = Files.walk(home.users())) {
                users.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return files.stream().filter(Files::isRegularFile).toList();
    }

    String entry(Path file) {
        return PREFIX + home.folder().relativize(file);
    }

    /** @throws CommandFailure when the backup would write elsewhere */
    void requireInside(ZipFile zip) {
        for (ZipEntry entry : entries(zip)) {
            if (!file(entry).startsWith(home.folder())) {
                throw new CommandFailure("The backup has an entry that leads out of KILN_HOME: " + entry.getName());
            }
        }
    }

    private static List<? extends ZipEntry> entries(ZipFile zip) {
        return zip.stream().filter(each -> each.getName().startsWith(PREFIX)).toList();
    }

    private Path file(ZipEntry entry) {
        return home.folder().resolve(entry.getName().substring(PREFIX.length())).normalize();
    }

    /**
     * Writes the settings of a backup beside the home's: what needs space, and may fail, is done before anything is replaced.
     *
     * @return what puts them in place
     */
    RestoredFiles stage(ZipFile zip) throws IOException {
        RestoredFiles staged = new RestoredFiles();
        boolean done = false;
        try {
            for (ZipEntry entry : entries(zip)) {
                Path file = file(entry);
                Files.createDirectories(file.getParent());
                try (InputStream content = zip.getInputStream(entry)) {
                    staged.add(file, new String(content.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            for (Path user : existing()) {
                if (user.startsWith(home.users()) && zip.getEntry(entry(user)) == null && !staged.isAside(user)) {
                    staged.remove(user);
                }
            }
            done = true;
            return staged;
        } finally {
            if (!done) {
                staged.close();
            }
        }
    }
}
