package io.kiln.job;

import io.kiln.pipeline.DeviceSeconds;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;

/**
 * How long the stages of one or several lanes were busy, in seconds. A lane takes as long as its slowest stage, and little more.
 *
 * @param read from files
 * @param upload copying to the device, 0 for the processor
 * @param compute on the device
 * @param download copying from the device, 0 for the processor
 * @param write to files
 */
public record StageSeconds(double read, double upload, double compute, double download, double write) {
    public static final StageSeconds NONE = new StageSeconds(0, 0, 0, 0, 0);

    static StageSeconds of(double read, DeviceSeconds device, double write) {
        return new StageSeconds(read, device.upload(), device.compute(), device.download(), write);
    }

    StageSeconds plus(StageSeconds other) {
        return new StageSeconds(
                read + other.read,
                upload + other.upload,
                compute + other.compute,
                download + other.download,
                write + other.write);
    }

    /** For people, such as "reading took 1.0 s, computing 2.5 s, writing 0.5 s". */
    String inWords() {
        return hasCopies()
                ? String.format(
                        Locale.ROOT,
                        "reading took %.1f s, copying to the device %.1f s, computing %.1f s, copying back %.1f s,"
                                + " writing %.1f s",
                        read,
                        upload,
                        compute,
                        download,
                        write)
                : String.format(
                        Locale.ROOT, "reading took %.1f s, computing %.1f s, writing %.1f s", read, compute, write);
    }

    /** True where something is copied to a device and back. */
    boolean hasCopies() {
        return upload > 0 || download > 0;
    }

    /**
     * Each stage by its name, to milliseconds; copies where there are any.
     *
     * @param suffix of the names
     */
    public JsonObjectBuilder json(String suffix) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("read" + suffix, Timings.rounded(read));
        if (hasCopies()) {
            json.add("upload" + suffix, Timings.rounded(upload));
        }
        json.add("compute" + suffix, Timings.rounded(compute));
        if (hasCopies()) {
            json.add("download" + suffix, Timings.rounded(download));
        }
        return json.add("write" + suffix, Timings.rounded(write));
    }
}
