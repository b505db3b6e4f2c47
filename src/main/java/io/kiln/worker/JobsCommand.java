package io.kiln.worker;

import io.kiln.pipeline.Pipeline;
import io.kiln.worker.execution.Container;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the pipelines. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "List the pipelines with the JSON Schema of their parameters, as JSON.")
final class JobsCommand implements Callable<Integer> {
    @Mixin
    private Machine machine;

    @Override
    public Integer call() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        try (Container container = Container.start(machine.devices())) {
            for (Pipeline pipeline : container.pipelines().all()) {
                list.add(Json.createObjectBuilder()
                        .add("name", pipeline.name().value())
                        .add("description", pipeline.description())
                        .add("try", pipeline.isTry())
                        .add("parameters", pipeline.parameters().schema()));
            }
        }
        System.out.println(JsonText.pretty(list.build()));
        return ExitStatus.COMPLETED.code();
    }
}
