package io.kiln.device.cuda;

import io.kiln.device.DeviceUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** Asks NVIDIA's program {@code nvidia-smi}, which comes with the driver, who uses which GPU. For one thread at a time. */
final class NvidiaSmi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(NvidiaSmi.class.getName());

    private final String program;
    private String problem = "";
    private Process stuck;

    /** @param program its path, or its name where it is to be found on the way of programs */
    NvidiaSmi(String program) {
        this.program = program;
    }

    /** A GPU by the name that nvidia-smi gives it, {@code GPU-} and its UUID. Empty where there is no such program, or it does not answer. */
    Map<String, DeviceUse> query() throws InterruptedException {
        try {
            Map<String, List<DeviceUse.Other>> others = others(ask("--query-compute-apps=gpu_uuid,pid,process_name"));
            Map<String, DeviceUse> uses = new HashMap<>();
            for (String[] gpu : fields(ask("--query-gpu=uuid,memory.free,utilization.gpu"), 3)) {
                uses.put(gpu[0], use(gpu, others.getOrDefault(gpu[0], List.of())));
            }
            problem = "";
            return uses;
        } catch (IOException e) {
            // said once, not at each round
            if (!problem.equals(e.getMessage())) {
                LOG.info(() -> "nothing is known about who else uses the GPUs: " + e.getMessage());
            }
            problem = e.getMessage();
            return Map.of();
        }
    }

    private static DeviceUse use(String[] gpu, List<DeviceUse.Other> others) {
        // what a GPU does not tell stands in brackets
        OptionalLong freeBytes =
                gpu[1].matches("\\d+") ? OptionalLong.of(Long.parseLong(gpu[1]) << 20) : OptionalLong.empty();
        OptionalInt busyPercent =
                gpu[2].matches("\\d+") ? OptionalInt.of(Integer.parseInt(gpu[2])) : OptionalInt.empty();
        return new DeviceUse(freeBytes, busyPercent, others);
    }

    private static Map<String, List<DeviceUse.Other>> others(String processes) throws IOException {
        Map<String, List<DeviceUse.Other>> others = new HashMap<>();
        for (String[] process : fields(processes, 3)) {
            long pid = process[1].matches("\\d+") ? Long.parseLong(process[1]) : 0;
            if (pid != ProcessHandle.current().pid()) {
                others.computeIfAbsent(process[0], gpu -> new ArrayList<>()).add(new DeviceUse.Other(pid, process[2]));
            }
        }
        return others;
    }

    /** Values separated by commas, a line for each thing; the last one may hold commas itself. */
    private static List<String[]> fields(String text, int count) throws IOException {
        List<String[]> all = new ArrayList<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            String[] fields = line.strip().split(",\\s*", count);
            if (fields.length != count) {
                throw new IOException("nvidia-smi answers '" + line.strip() + "', which is not " + count + " values");
            }
            all.add(fields);
        }
        return all;
    }

    private String ask(String query) throws IOException, InterruptedException {
        if (stuck != null && stuck.isAlive()) {
            throw new IOException(
                    "nvidia-smi has hung, as it does when the driver hangs (process " + stuck.pid() + ")");
        }
        // into a file: nobody is held up by a program that cannot even be killed
        Path answer = Files.createTempFile("nvidia-smi", ".csv");
        try {
            Process process = new ProcessBuilder(program, query, "--format=csv,noheader,nounits")
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                stuck = process;
                throw new IOException("nvidia-smi has not answered within " + PATIENCE.toSeconds() + " s");
            }
            String text = Files.readString(answer, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException("nvidia-smi answers '" + text.strip() + "'");
            }
            return text;
        } finally {
            Files.delete(answer);
        }
    }
}
