package io.kiln.device.cuda;

import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.device.TransientDeviceException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Resets a GPU that was lost, and has it hold some data to see whether it works. */
final class Recovery {
    private static final int PROBE_BYTES = 1 << 20;

    private final CudaDevice device;

    Recovery(CudaDevice device) {
        this.device = device;
    }

    /** Returns why the device does not work; empty when it does. */
    Optional<String> attempt() {
        try {
            device.reset();
            try (CudaContext context = device.open()) {
                return probe(context);
            }
        } catch (DeviceLostException
                | OutOfDeviceMemoryException
                | TransientDeviceException
                | IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Optional<String> probe(CudaContext context) {
        try (DeviceMemory memory = context.allocate(PROBE_BYTES);
                PinnedMemory sent = context.allocatePinned(PROBE_BYTES);
                PinnedMemory returned = context.allocatePinned(PROBE_BYTES);
                CudaStream stream = context.newStream()) {
            byte[] data = new byte[PROBE_BYTES];
            RandomGenerator.getDefault().nextBytes(data);
            sent.buffer().put(data);
            stream.upload(sent, 0, memory, 0, PROBE_BYTES);
            stream.download(memory, 0, returned, 0, PROBE_BYTES);
            stream.await();
            return returned.buffer().equals(ByteBuffer.wrap(data))
                    ? Optional.empty()
                    : Optional.of(device.id() + ": " + PROBE_BYTES + " bytes came back changed from its memory");
        }
    }
}
