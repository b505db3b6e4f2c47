package io.kiln.cli.operate;

import io.kiln.cli.backup.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies database and settings into a file. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copy database and settings into a file; the server may run meanwhile.")
public final class BackupCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description = "Where to; must not exist. It holds secrets: keep it as safe as KILN_HOME.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        LocalKiln kiln = LocalKiln.current();
        long rows = kiln.withDatabase(database -> new Backup(kiln.home(), database).write(file));
        spec.commandLine().getOut().println("Wrote " + file + ": " + rows + " rows and the settings.");
        return 0;
    }
}
