package io.kiln.cli;

import io.kiln.security.user.UserRefusedException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Entry point of the {@code kiln} launcher. */
public final class Main {
    private Main() {}

    /** Held here because loggers that nobody holds lose their level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    public static void main(String[] arguments) {
        FLYWAY.setLevel(Level.WARNING);
        System.exit(explaining(KilnCommand.namedBy(arguments)).execute(arguments));
    }

    /** The whole command line; exit status 0 is success, 1 a failure that was explained, 2 a wrong call. */
    static CommandLine commandLine() {
        return explaining(KilnCommand.all());
    }

    static CommandLine explaining(CommandLine kiln) {
        return kiln.setExecutionExceptionHandler((exception, command, result) -> {
            command.getErr().println("kiln: " + explanation(exception));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** @throws Exception the same, where it is none that a person can do something about */
    private static String explanation(Exception exception) throws Exception {
        if (exception instanceof CommandFailure || exception instanceof UserRefusedException) {
            return exception.getMessage();
        }
        return FileFailure.sentence(exception).orElseThrow(() -> exception);
    }
}
