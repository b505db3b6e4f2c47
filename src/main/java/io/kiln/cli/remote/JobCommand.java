package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plain JSR-352 view. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "The plain JSR-352 view: jobs and their executions as the batch runtime sees them. What belongs to a run goes through the queue.")
public final class JobCommand {
    private static final String JOBS = "/api/jobs";
    private static final String EXECUTIONS = JOBS + "/executions";
    private static final String EXECUTION = "Number of the execution.";

    @Command(name = "list", description = "List the jobs; only the queue starts those that are pipelines.")
    void list(@Mixin Remote remote) {
        remote.list(remote.client().get(JOBS), "name", "isPipeline", "instances");
    }

    @Command(name = "executions", description = "List job executions, newest first.")
    void executions(
            @Mixin Remote remote,
            @Mixin PageOptions page,
            @Option(names = "--job", paramLabel = "JOB", description = "Only of this job.") String job) {
        Map<String, String> query = page.query();
        query.put("job", job);
        remote.list(
                remote.client().get(EXECUTIONS, query),
                "id",
                "job",
                "batchStatus",
                "exitStatus",
                "startTime",
                "endTime",
                "run");
    }

    @Command(name = "show", description = "Show a job execution with its steps, partitions and metrics.")
    void show(@Mixin Remote remote, @Parameters(paramLabel = "EXECUTION", description = EXECUTION) long execution) {
        remote.show(remote.client().get(EXECUTIONS + "/" + execution));
    }

    @Command(name = "start", description = "Start a job that is no pipeline.")
    void start(
            @Mixin Remote remote,
            @Option(names = "-p", paramLabel = "NAME=VALUE", description = "A job parameter, a text. May be repeated.")
                    Map<String, String> properties,
            @Parameters(paramLabel = "JOB", description = "Name of the job.") String job) {
        JsonObjectBuilder given = Json.createObjectBuilder();
        if (properties != null) {
            properties.forEach(given::add);
        }
        remote.show(remote.client()
                .post(
                        JOBS + "/" + KilnClient.encoded(job) + "/start",
                        Json.createObjectBuilder().add("properties", given).build()));
    }

    @Command(name = "stop", description = "Stop an execution; a run's execution is stopped as its run.")
    void stop(@Mixin Remote remote, @Parameters(paramLabel = "EXECUTION", description = EXECUTION) long execution) {
        remote.show(remote.client().post(EXECUTIONS + "/" + execution + "/stop"));
    }

    @Command(
            name = "restart",
            description = "Restart an execution; a run's execution is restarted as its run, through the queue.")
    void restart(@Mixin Remote remote, @Parameters(paramLabel = "EXECUTION", description = EXECUTION) long execution) {
        remote.show(remote.client().post(EXECUTIONS + "/" + execution + "/restart"));
    }

    @Command(name = "abandon", description = "Mark a plain job's execution as never to be restarted.")
    void abandon(@Mixin Remote remote, @Parameters(paramLabel = "EXECUTION", description = EXECUTION) long execution) {
        remote.show(remote.client().post(EXECUTIONS + "/" + execution + "/abandon"));
    }
}
