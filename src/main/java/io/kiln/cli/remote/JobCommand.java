package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plain JSR-352 view. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = "List and show batch job executions as the batch runtime sees them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JobCommand.ListAll.class, JobCommand.Show.class})
public final class JobCommand {
    @Command(name = "list", description = "List job executions, newest first.")
    static final class ListAll extends RemoteCommand {
        @Option(names = "--job", description = "only of this job")
        private String job;

        @Option(names = "--after", description = "the page behind this one")
        private String after;

        @Override
        void run(KilnClient client) {
            Map<String, String> query = new HashMap<>();
            query.put("job", job);
            query.put("after", after);
            print(
                    client.get("/api/jobs/executions", query),
                    "id",
                    "job",
                    "batchStatus",
                    "exitStatus",
                    "startTime",
                    "endTime",
                    "run");
        }
    }

    @Command(name = "show", description = "Show a job execution with its steps.")
    static final class Show extends RemoteCommand {
        @Parameters(paramLabel = "EXECUTION")
        private long execution;

        @Override
        void run(KilnClient client) {
            print(client.get("/api/jobs/executions/" + execution));
        }
    }
}
