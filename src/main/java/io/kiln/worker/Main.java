package io.kiln.worker;

import io.kiln.KilnVersion;
import io.kiln.job.FailureText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of {@code kiln-worker}: it only has subcommands. */
@Command(
        name = "kiln-worker",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Runs Kiln's pipelines on this machine, without a server.",
        subcommands = {RunCommand.class, JobsCommand.class, DevicesCommand.class, BenchCommand.class, HelpCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        LibraryLog.quieten();
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line; {@link ExitStatus} says what it returns. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((exception, command, result) -> {
            command.getErr().println("kiln-worker: " + FailureText.of(exception));
            ExitStatus status =
                    exception instanceof WorkerFailure failure ? failure.status() : ExitStatus.of(exception);
            return status.code();
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? For instance: kiln-worker jobs");
    }

    /** What {@code kiln-worker --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"kiln-worker " + KilnVersion.current(), "Java " + Runtime.version()};
        }
    }
}
