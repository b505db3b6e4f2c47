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

    private static CommandLine explaining(CommandLine kiln) {
        return kiln.setExecutionExceptionHandler((exception, command, result) -> {
            if (!(exception instanceof CommandFailure || exception instanceof UserRefusedException)) {
                throw exception;
            }
            command.getErr().println("kiln: " + exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
