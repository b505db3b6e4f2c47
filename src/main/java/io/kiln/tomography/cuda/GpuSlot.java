package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaEvent;
import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.PinnedMemory;
import io.kiln.tomography.scan.SinogramSlab;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** The buffers of one slab, on the machine's side and on the device's, and the stream that its work goes through. Used by one thread at a time. */
final class GpuSlot {
    private final PinnedMemory input;
    private final DeviceMemory deviceInput;
    private final PinnedMemory output;
    private final DeviceMemory deviceOutput;
    private final CudaStream stream;
    private final SinogramSlab counts;
    private CudaEvent done;
    private boolean isBusy;

    /** @param counts makes of the input's buffer what is read into it */
    GpuSlot(GpuHoldings holdings, long inputBytes, long outputBytes, Function<ByteBuffer, SinogramSlab> counts) {
        deviceInput = holdings.memory(inputBytes);
        deviceOutput = holdings.memory(outputBytes);
        input = holdings.pinned(inputBytes);
        output = holdings.pinned(outputBytes);
        stream = holdings.stream();
        this.counts = counts.apply(input.buffer());
    }

    SinogramSlab counts() {
        return counts;
    }

    CudaStream stream() {
        return stream;
    }

    /** A view of what goes to the device. */
    ByteBuffer input() {
        return input.buffer();
    }

    DeviceMemory deviceInput() {
        return deviceInput;
    }

    DeviceMemory deviceOutput() {
        return deviceOutput;
    }

    /** A view of what has come from the device. */
    ByteBuffer output() {
        return output.buffer();
    }

    /** Puts copying the input to the device into the stream. */
    void upload(long bytes) {
        isBusy = true;
        stream.upload(input, 0, deviceInput, 0, bytes);
    }

    /** Puts copying the output from the device into the stream, and marks its end. */
    void download(long bytes) {
        stream.download(deviceOutput, 0, output, 0, bytes);
        done = stream.record();
    }

    /** Waits until the output has come. */
    void awaitOutput() {
        try (CudaEvent ended = done) {
            done = null;
            ended.await();
        }
        isBusy = false;
    }

    /** Makes the buffers free, also after a slab that failed half-way. */
    void settle() {
        if (isBusy) {
            GpuHoldings.release(done);
            done = null;
            stream.await();
            isBusy = false;
        }
    }
}
