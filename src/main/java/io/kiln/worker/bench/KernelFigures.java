package io.kiln.worker.bench;

import io.kiln.device.cuda.KernelTime;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;

/**
 * How a kernel does, measured against the device's copying of its own memory.
 *
 * @param time of all its launches
 * @param slices that they were for
 * @param copyBytesPerSecond of the device
 */
record KernelFigures(String kernel, KernelTime time, int slices, double copyBytesPerSecond) {
    private double secondsPerSlice() {
        return time.seconds() / slices;
    }

    private double bytesPerSecond() {
        return time.bytes() / time.seconds();
    }

    /** The time that copying as many bytes takes, in parts of the kernel's: 1 is as fast as memory allows. */
    private double shareOfCopying() {
        return bytesPerSecond() / copyBytesPerSecond;
    }

    /** A row of a table. */
    String row() {
        String time = String.format(Locale.ROOT, "  %-24s %10.4f ms/slice", kernel, secondsPerSlice() * 1000);
        return this.time.bytes() == 0
                ? time
                : String.format(
                        Locale.ROOT,
                        "%s %10.2f MB/slice %9.2f GB/s %6.1f %% of copying",
                        time,
                        this.time.bytes() / 1e6 / slices,
                        bytesPerSecond() / 1e9,
                        100 * shareOfCopying());
    }

    JsonObjectBuilder json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("kernel", kernel)
                .add("launches", time.launches())
                .add("secondsPerSlice", secondsPerSlice());
        if (time.bytes() > 0) {
            json.add("bytesPerSlice", Math.round((double) time.bytes() / slices))
                    .add("bytesPerSecond", Math.round(bytesPerSecond()))
                    .add("shareOfCopyBandwidth", shareOfCopying());
        }
        return json;
    }
}
