package io.kiln.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The worker as it is shipped, unpacked into a folder of its own; its processes find no environment: no PATH, no Java, no home. */
record WorkerArchive(Path launcher, Map<String, String> environment) {
    private static final int EXECUTABLE = 0100;

    static WorkerArchive unpack(Path archive, Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                Files.copy(tar, path);
                boolean executable = (entry.getMode() & EXECUTABLE) != 0;
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        return new WorkerArchive(folder.resolve("kiln-worker").resolve("bin").resolve("kiln-worker"), Map.of());
    }

    /** The same with further variables that its processes find. */
    WorkerArchive with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new WorkerArchive(launcher, Map.copyOf(all));
    }

    Started start(List<String> arguments) throws IOException {
        Path errors = Files.createTempFile("kiln-worker", ".err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), arguments.stream())
                        .toList())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new Started(process, process.inputReader(), new ArrayList<>(), errors);
    }

    Ended run(List<String> arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    /** A worker that runs, and the lines that were read from it. */
    record Started(Process process, BufferedReader out, List<String> lines, Path errors) {
        /** Reads on until such an object comes. */
        JsonObject await(Predicate<JsonObject> wanted) throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                JsonObject object = object(line);
                if (wanted.test(object)) {
                    return object;
                }
            }
            throw new AssertionError("the worker ended before; it said " + lines + Files.readString(errors));
        }

        /** Waits until some, but not all, of the units are settled. */
        void awaitTheMiddle() throws IOException {
            await(line -> line.getString("kind").equals("progress")
                    && line.getInt("done") > 0
                    && line.getInt("done") < line.getInt("total"));
        }

        /** As {@code kill -STOP} and {@code -CONT}: it holds still, with what it has open and locked, and goes on. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** Asks it to stop, by SIGTERM. Not by the process itself, which would close what is still to be read from it. */
        void terminate() {
            process.toHandle().destroy();
        }

        Ended end() throws IOException, InterruptedException {
            out.lines().forEach(lines::add);
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the worker did not end; it said " + lines);
            }
            return new Ended(process.exitValue(), List.copyOf(lines), Files.readString(errors));
        }
    }

    /** What a worker left. */
    record Ended(int status, List<String> lines, String errors) {
        /** The last line, which tells how the run ended. */
        JsonObject last() {
            return object(lines.get(lines.size() - 1));
        }

        @Override
        public String toString() {
            return "status " + status + "\n" + String.join("\n", lines) + "\n" + errors;
        }
    }

    private static JsonObject object(String line) {
        return Json.createReader(new StringReader(line)).readObject();
    }
}
