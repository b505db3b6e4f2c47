package io.kiln.cli;

import io.kiln.cli.operate.BackupCommand;
import io.kiln.cli.operate.BenchCommand;
import io.kiln.cli.operate.DownCommand;
import io.kiln.cli.operate.LogsCommand;
import io.kiln.cli.operate.RestoreCommand;
import io.kiln.cli.operate.StatusCommand;
import io.kiln.cli.operate.UpCommand;
import io.kiln.cli.operate.UserCommand;
import io.kiln.cli.remote.AboutCommand;
import io.kiln.cli.remote.AuditCommand;
import io.kiln.cli.remote.BatchCommand;
import io.kiln.cli.remote.DemoCommand;
import io.kiln.cli.remote.EventsCommand;
import io.kiln.cli.remote.GpusCommand;
import io.kiln.cli.remote.ItemCommand;
import io.kiln.cli.remote.JobCommand;
import io.kiln.cli.remote.NodeCommand;
import io.kiln.cli.remote.OverviewCommand;
import io.kiln.cli.remote.ParametersCommand;
import io.kiln.cli.remote.PipelineCommand;
import io.kiln.cli.remote.RootsCommand;
import io.kiln.cli.remote.RunCommand;
import io.kiln.cli.remote.SelectionCommand;
import io.kiln.cli.remote.SubscriptionCommand;
import io.kiln.cli.remote.TargetsCommand;
import io.kiln.cli.remote.TokenCommand;
import io.kiln.cli.remote.WhoamiCommand;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The launcher itself: it only has subcommands. A new command is one class and one line here. */
@Command(
        name = "kiln",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Batch server for scientific imaging.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:Done.",
            "1:Refused or failed; the reason is on standard error. Also: a run that was watched was not completed.",
            "2:The call is wrong: an unknown command, option or value.",
            "3:The server does not run (kiln status).",
            "4:The server runs and is not ready (kiln status)."
        })
final class KilnCommand implements Runnable {
    private static final List<Class<?>> SUBCOMMANDS = List.of(
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            UserCommand.class,
            BatchCommand.class,
            ItemCommand.class,
            SelectionCommand.class,
            RunCommand.class,
            PipelineCommand.class,
            ParametersCommand.class,
            RootsCommand.class,
            JobCommand.class,
            NodeCommand.class,
            GpusCommand.class,
            TargetsCommand.class,
            EventsCommand.class,
            OverviewCommand.class,
            AuditCommand.class,
            TokenCommand.class,
            SubscriptionCommand.class,
            AboutCommand.class,
            WhoamiCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            BenchCommand.class,
            HelpCommand.class);

    private static final String HELP = "Say what a command does and takes; without one, list the commands.";

    @Spec
    private CommandSpec spec;

    /** All commands. */
    static CommandLine all() {
        return with(SUBCOMMANDS);
    }

    /** The command that the first argument names, or else all of them: to describe those that are not asked for takes half a second. */
    static CommandLine namedBy(String... arguments) {
        List<Class<?>> named = SUBCOMMANDS.stream()
                .filter(type -> type != HelpCommand.class)
                .filter(type -> arguments.length > 0
                        && arguments[0].equals(type.getAnnotation(Command.class).name()))
                .toList();
        return with(named.isEmpty() ? SUBCOMMANDS : named);
    }

    private static CommandLine with(List<Class<?>> subcommands) {
        CommandLine kiln = new CommandLine(new KilnCommand());
        subcommands.forEach(kiln::addSubcommand);
        Optional.ofNullable(kiln.getSubcommands().get("help"))
                // why: picocli's own description has format characters in it
                .ifPresent(help -> help.getCommandSpec().usageMessage().description(HELP));
        return kiln;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? For instance: kiln up");
    }
}
