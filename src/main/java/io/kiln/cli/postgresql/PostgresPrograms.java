package io.kiln.cli.postgresql;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs.
 *
 * @param binaries folder that holds {@code bin}
 * @param log file that takes their output
 * @param way how they run without being root
 */
record PostgresPrograms(Path binaries, Path log, Unprivileged way) {
    private static final int LIMIT_SECONDS = 300;

    /**
     * Runs a program to its end.
     *
     * @throws CommandFailure when it fails; the message says where its output is
     */
    void run(String program, String... arguments) throws IOException {
        int status = status(program, arguments);
        if (status != 0) {
            throw new CommandFailure("PostgreSQL's " + program + " failed with status " + status
                    + "; its last words in " + log + ":\n" + lastLines());
        }
    }

    /** Runs a program to its end and returns its exit status. */
    int status(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(way.command(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CommandFailure(
                        "PostgreSQL's " + program + " did not end within " + LIMIT_SECONDS + " s; see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted while PostgreSQL's " + program + " ran.", e);
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }
}
