package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.PinnedMemory;
import io.kiln.tomography.scan.SinogramSlab;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The buffers of one slab, on the machine's side and on the device's, and the stream that its work goes through. Used by one thread at a time. */
final class GpuSlot {
    private final PinnedMemory input;
    private final DeviceMemory deviceInput;
    private final PinnedMemory output;
    private final DeviceMemory deviceOutput;
    private final CudaStream stream;
    private final SinogramSlab counts;
    private final List<DeviceStage.Turn> turns = new ArrayList<>();
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

    /**
     * Puts the slab's work into the stream.
     *
     * @param inputBytes that the kernels need
     * @param kernels puts them into the stream
     * @param outputBytes that they make
     */
    void submit(DeviceStages stages, long inputBytes, Runnable kernels, long outputBytes) {
        isBusy = true;
        turns.add(stages.upload().turn(stream, () -> stream.upload(input, 0, deviceInput, 0, inputBytes)));
        turns.add(stages.compute().turn(stream, kernels));
        turns.add(stages.download().turn(stream, () -> stream.download(deviceOutput, 0, output, 0, outputBytes)));
    }

    /** Waits until the output has come. */
    void awaitOutput() {
        turns.get(turns.size() - 1).ended().await();
        turns.forEach(DeviceStage.Turn::finish);
        turns.clear();
        isBusy = false;
    }

    /** Makes the buffers free, also after a slab that failed half-way. */
    void settle() {
        if (isBusy) {
            stream.await();
            abandon();
        }
    }

    /** Forgets a slab that failed half-way; the device must be through with it, or lost. */
    void abandon() {
        turns.forEach(DeviceStage.Turn::forget);
        turns.clear();
        isBusy = false;
    }
}
