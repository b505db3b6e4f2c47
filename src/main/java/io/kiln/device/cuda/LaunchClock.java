package io.kiln.device.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures each launch of a kernel on a device that was told to ({@link CudaDevice#timedBy}), by events before and after it. Thread-safe. */
public final class LaunchClock {
    private record Launch(String kernel, long bytes, CudaEvent begun, CudaEvent ended) {}

    private final List<Launch> launches = new ArrayList<>();

    void measure(String kernel, long bytes, CudaStream stream, Runnable launch) {
        CudaEvent begun = stream.record();
        launch.run();
        CudaEvent ended = stream.record();
        synchronized (this) {
            launches.add(new Launch(kernel, bytes, begun, ended));
        }
    }

    /** What was launched since this was called last, by the kernel's name. It must be through, and its context still open. */
    public synchronized SortedMap<String, KernelTime> take() {
        SortedMap<String, KernelTime> times = new TreeMap<>();
        for (Launch launch : launches) {
            double seconds = launch.ended().millisecondsSince(launch.begun()) / 1000;
            times.merge(launch.kernel(), new KernelTime(1, seconds, launch.bytes()), KernelTime::plus);
            launch.begun().close();
            launch.ended().close();
        }
        launches.clear();
        return times;
    }
}
