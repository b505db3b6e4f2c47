package io.kiln.cli.postgresql;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;

/** How a command runs without being root: PostgreSQL refuses to serve as root. */
enum Unprivileged {
    /** Nobody's privileges to drop. */
    AS_IS(List.of()),
    /** In a user namespace of its own, where root is nobody; files keep their owner. */
    USER_NAMESPACE(List.of("unshare", "-U")),
    /** As the user nobody, to whom the folder is given; for machines without user namespaces. */
    NOBODY(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));

    private final List<String> prefix;

    Unprivileged(List<String> prefix) {
        this.prefix = prefix;
    }

    /**
     * Returns the first way that works on this machine.
     *
     * @throws CommandFailure when this is root and there is no way
     */
    static Unprivileged find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return AS_IS;
        }
        for (Unprivileged way : List.of(USER_NAMESPACE, NOBODY)) {
            if (way.works()) {
                return way;
            }
        }
        throw new CommandFailure(
                "PostgreSQL refuses to run as root, and neither \"unshare -U\" nor \"setpriv\" works here."
                        + " Run kiln as another user, or set KILN_DB_URL to a PostgreSQL that runs already.");
    }

    private boolean works() {
        try {
            return new ProcessBuilder(command(List.of("true")))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // why: a program that is not installed is a way that does not work
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<String> command(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** Gives a folder to the user that the commands will run as. */
    void own(Path folder) throws IOException {
        if (this != NOBODY) {
            return;
        }
        UserPrincipal nobody =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                Files.setOwner(each, nobody);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()) {
                    Files.setOwner(each, nobody);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
