package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.Patience;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One installation that test classes share, for a start takes long; each test has scan folders and batches of its own. */
final class Laboratory implements AutoCloseable {
    /** The slow algorithm, so that there is time to disturb it. */
    static final JsonObject SLOW = Json.createObjectBuilder()
            .add("rotationAxis", ScanFolder.CENTER)
            .add("reconstructionAlgorithm", "linerec")
            .build();

    /** One thread and little memory: small slabs, one after the other; the locale of a service, which knows ASCII alone. */
    static final Map<String, String> SMALL =
            Map.of("KILN_CPU_THREADS", "1", "KILN_CPU_MEMORY_MIB", "64", "KILN_DISK_RESERVE_MIB", "1", "LC_ALL", "C");

    private final Path folder;
    private final ScanFolder original;
    private final SortedMap<String, String> undisturbed;
    private final Installation kiln;
    private Client client;

    private Laboratory(Path folder) throws IOException {
        this.folder = folder;
        this.original = ScanFolder.create(folder.resolve("data").resolve("original"));
        this.kiln = new Installation(folder.resolve("home"), folder.resolve("data"), SMALL);
        this.client = kiln.up();
        client.awaitState(start(original), "COMPLETED");
        this.undisturbed = original.slices();
        assertThat(undisturbed).hasSize(ScanFolder.SLICES);
    }

    Installation kiln() {
        return kiln;
    }

    Client client() {
        return client;
    }

    /** Starts the installation again after it was stopped. */
    void up() {
        client = kiln.up();
    }

    /** A folder of its own with the scan. */
    ScanFolder scan(String name) throws IOException {
        return original.again(name);
    }

    /** Queues the slow reconstruction of the whole scan and returns the run. */
    String start(ScanFolder scan) {
        return client.run(client.batch(scan.folder().getFileName().toString(), SLOW, List.of(scan.scan())), full());
    }

    /** The same, and waits until some slices are done, but not all. */
    String startAndAwaitTheMiddle(ScanFolder scan) {
        String run = start(scan);
        awaitTheMiddleOfAttempt(run, 1);
        return run;
    }

    /** Waits until the attempt computes, with some slices done, but not all. */
    void awaitTheMiddleOfAttempt(String run, int attempt) {
        JsonObject seen = client.awaitRun(
                run,
                Patience.LIMIT,
                one -> !List.of("QUEUED", "RUNNING").contains(one.getString("state"))
                        || one.getInt("attempt") == attempt && Client.done(one) > 0);
        assertThat(seen.getString("state")).as("in the middle: %s", seen).isEqualTo("RUNNING");
        assertThat(Client.done(seen)).isBetween(1, ScanFolder.SLICES - 1);
    }

    /** Waits for the run's end, and checks that it left what an undisturbed one leaves. */
    JsonObject awaitWhole(String run, ScanFolder scan) throws IOException {
        JsonObject completed = client.awaitState(run, "COMPLETED");
        assertThat(completed.getBoolean("incomplete")).isFalse();
        assertThat(scan.slices()).isEqualTo(undisturbed);
        scan.awaitNoWorkFolders();
        return completed;
    }

    /** Reconstructs two slices in a folder of this name, from the request to the published output: the server works. */
    void reconstructsAnother(String name) throws IOException {
        ScanFolder scan = scan(name);
        JsonObject two = Json.createObjectBuilder()
                .add("rotationAxis", ScanFolder.CENTER)
                .add("startRow", 0)
                .add("endRow", 2)
                .build();
        client.awaitState(client.run(client.batch(name, two, List.of(scan.scan())), full()), "COMPLETED");
        assertThat(scan.slices()).hasSize(2);
    }

    /** An order of full reconstructions of all items. */
    static JsonObject full() {
        return Json.createObjectBuilder()
                .add("pipeline", "tomo-full")
                .add("items", "all")
                .build();
    }

    @Override
    public void close() throws IOException {
        kiln.close();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Gives test classes the laboratory; it is closed after the last of them. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Laboratory.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            // why: where single classes are named Maven has each executed by itself, in one session of the launcher
            return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(Shared.class))
                    .getOrComputeIfAbsent(Laboratory.class, any -> open(), Laboratory.class);
        }

        private static Laboratory open() {
            try {
                return new Laboratory(Files.createTempDirectory("kiln-laboratory"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
