package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the server's log. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show the end of the server's log.")
public final class LogsCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 500;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "200",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds.NOT_NEGATIVE.require(spec, "--lines", lines);
        Path log = LocalKiln.current().home().serverLog();
        if (!Files.exists(log)) {
            throw new CommandFailure("There is no log yet at " + log + ". Start the server with: kiln up");
        }
        PrintWriter out = spec.commandLine().getOut();
        BufferedReader reader = Files.newBufferedReader(log);
        try {
            end(reader).forEach(out::println);
            out.flush();
            while (follow) {
                reader = next(reader, log, out);
            }
        } finally {
            reader.close();
        }
        return 0;
    }

    private Deque<String> end(BufferedReader reader) throws IOException {
        Deque<String> end = new ArrayDeque<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            end.addLast(line);
            if (end.size() > lines) {
                end.removeFirst();
            }
        }
        return end;
    }

    /** Prints what is new and returns the reader to go on with: another one once the log was rolled over. */
    private static BufferedReader next(BufferedReader reader, Path log, PrintWriter out) throws Exception {
        Object before = Files.readAttributes(log, BasicFileAttributes.class).fileKey();
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            out.println(line);
        }
        out.flush();
        Object now = Files.readAttributes(log, BasicFileAttributes.class).fileKey();
        if (now.equals(before)) {
            return reader;
        }
        reader.close();
        return Files.newBufferedReader(log);
    }
}
