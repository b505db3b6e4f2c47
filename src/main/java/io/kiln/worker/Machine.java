package io.kiln.worker;

import io.kiln.worker.execution.WorkerDevices;
import picocli.CommandLine.Option;

/** The options that say how much of the machine a command may use. */
final class Machine {
    private static final int SHARE_OF_HEAP = 2;

    @Option(
            names = "--cpu-devices",
            paramLabel = "N",
            defaultValue = "1",
            description = "Into how many devices, cpu0 and on, the processor is divided (default: ${DEFAULT-VALUE}).")
    private int cpuDevices;

    @Option(
            names = "--cpu-threads",
            paramLabel = "N",
            description = "Threads of all of them together (default: one for each core).")
    private Integer cpuThreads;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "What slabs on the processor may take together, such as 4g (default: half of Java's heap).")
    private Long memoryBytes;

    /** @throws WorkerFailure when an option is out of its bounds */
    WorkerDevices devices() {
        int threads =
                cpuThreads == null ? Math.max(cpuDevices, Runtime.getRuntime().availableProcessors()) : cpuThreads;
        if (cpuDevices < 1 || threads < cpuDevices) {
            throw new WorkerFailure(
                    ExitStatus.USAGE,
                    "--cpu-devices " + cpuDevices + " with " + threads
                            + " threads: there must be at least 1 device, and 1 thread for each");
        }
        long memory = memoryBytes == null ? Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP : memoryBytes;
        return WorkerDevices.find(cpuDevices, threads, memory);
    }
}
