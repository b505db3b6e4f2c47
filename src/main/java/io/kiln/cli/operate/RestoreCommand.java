package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.backup.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings database and settings back from a file. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Bring database and settings back from a backup; the server must not run.")
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A file that kiln backup wrote.")
    private Path file;

    @Option(names = "--force", description = "Replace what the database holds.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        LocalKiln kiln = LocalKiln.current();
        long rows = kiln.withDatabase(database -> {
            if (kiln.server().isPresent()) {
                throw new CommandFailure("The server runs. Stop it first: kiln down");
            }
            return new Restore(kiln.home(), database).read(file, force);
        });
        spec.commandLine().getOut().println("Restored " + rows + " rows and the settings. Start with: kiln up");
        return 0;
    }
}
