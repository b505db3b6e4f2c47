package io.kiln.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.client.KilnClient;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Gives commands to the server under test as people of each role do, and remembers which commands were given and what they asked of REST. */
final class Terminal extends Handler {
    private static final Logger CALLS = Logger.getLogger(KilnClient.class.getName());

    private final Path secrets;
    private final Set<String> commands = Collections.synchronizedSet(new TreeSet<>());
    private final Set<String> calls = Collections.synchronizedSet(new TreeSet<>());

    /** @param folder for the files that hold passwords and tokens */
    Terminal(Path folder) throws IOException {
        secrets = folder;
        // what the launcher script says
        System.setProperty("kiln.installation", System.getProperty("kiln.it.installation"));
        for (Role role : Role.values()) {
            Files.writeString(Path.of(secret("password", role)), TestServer.password(role));
            Files.writeString(Path.of(secret("token", role)), TestServer.token(role));
        }
        CALLS.setLevel(Level.FINE);
        CALLS.addHandler(this);
    }

    /** What a command said and how it ended. */
    record Result(int status, String out, String err) {
        /** What it said, once it has ended well. */
        String ok() {
            assertThat(status).as("exit status; it said %s%n%s", out, err).isZero();
            return out;
        }

        JsonObject json() {
            return Terminal.json(ok());
        }

        /** Why it was refused. */
        String refused() {
            assertThat(status).as("exit status; it said %s%n%s", out, err).isEqualTo(1);
            return err;
        }
    }

    /** A command that is being carried out. */
    record Running(StringWriter out, CompletableFuture<Result> end) {
        List<JsonObject> lines() {
            return out.toString().lines().map(Terminal::json).toList();
        }
    }

    Result operator(String... arguments) {
        return run(Role.OPERATOR, new StringWriter(), arguments);
    }

    Result admin(String... arguments) {
        return run(Role.ADMIN, new StringWriter(), arguments);
    }

    Running start(String... arguments) {
        StringWriter out = new StringWriter();
        return new Running(
                out,
                CompletableFuture.supplyAsync(
                        () -> run(Role.OPERATOR, out, arguments), task -> new Thread(task).start()));
    }

    /** A command of a script that has a token. */
    Result bearing(Path tokenFile, String... arguments) {
        return run(List.of("--token-file", tokenFile.toString()), new StringWriter(), arguments);
    }

    private String secret(String kind, Role role) {
        return secrets.resolve(kind + "-of-" + role.id()).toString();
    }

    private Result run(Role role, StringWriter out, String... arguments) {
        // why: a password takes a tenth of a second of the processor with each call
        boolean isForPeople = arguments[0].equals("token");
        return isForPeople
                ? run(
                        List.of("--user", TestServer.user(role), "--password-file", secret("password", role)),
                        out,
                        arguments)
                : run(List.of("--token-file", secret("token", role)), out, arguments);
    }

    private Result run(List<String> who, StringWriter out, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine kiln = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        Stream<String> server =
                Stream.concat(Stream.of("--url", TestServer.base().toString()), who.stream());
        int status = kiln.execute(Stream.concat(Stream.of(arguments), server).toArray(String[]::new));
        CommandLine last = kiln;
        while (last.getParseResult() != null && last.getParseResult().hasSubcommand()) {
            last = last.getParseResult().subcommand().commandSpec().commandLine();
        }
        commands.add(last.getCommandSpec().qualifiedName());
        return new Result(status, out.toString(), err.toString());
    }

    /** Such as {@code kiln run list}. */
    Set<String> commands() {
        return commands;
    }

    /** Such as {@code GET /api/runs?limit=5}. */
    Set<String> calls() {
        return calls;
    }

    static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Override
    public void publish(LogRecord call) {
        calls.add(call.getMessage());
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        CALLS.removeHandler(this);
    }
}
