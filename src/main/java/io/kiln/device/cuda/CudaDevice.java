package io.kiln.device.cuda;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUuuid;
import jcuda.driver.JCudaDriver;

/**
 * A GPU.
 *
 * @param number as the driver counts, from 0
 * @param uuid the GPU's own, which stays when others are added or taken away
 * @param title its name; the simulated driver's devices say that they are simulated
 * @param totalBytes of its memory
 * @param multiprocessors how many blocks, at least, run at once
 * @param maxSharedBytes that a kernel's block may share, where the kernel asks for more than the usual 48 KiB
 * @param computeCapability ten times the version that NVIDIA calls so, for example 90
 * @param sharing see {@link Device#sharing}
 * @param clock measures what is launched where the device was opened through this object
 */
public record CudaDevice(
        int number,
        UUID uuid,
        String title,
        long totalBytes,
        int multiprocessors,
        int maxSharedBytes,
        int computeCapability,
        int sharing,
        Optional<LaunchClock> clock)
        implements Device {
    /** What the simulated driver calls its devices. */
    private static final String SIMULATED = "Simulated GPU";

    /** Of the memory, what is left to the driver and to the gaps between allocations. */
    private static final int RESERVED_SHARE = 16;

    private static final int NAME_BYTES = 256;

    /** A device that nobody measures, alone in the process. */
    public CudaDevice(
            int number,
            UUID uuid,
            String title,
            long totalBytes,
            int multiprocessors,
            int maxSharedBytes,
            int computeCapability) {
        this(number, uuid, title, totalBytes, multiprocessors, maxSharedBytes, computeCapability, 1, Optional.empty());
    }

    /** The same device; the clock measures what is launched by those who open it through the result. */
    public CudaDevice timedBy(LaunchClock measuring) {
        return with(sharing, Optional.of(measuring));
    }

    /** The same device as one of so many among which the process's memory is divided. */
    public CudaDevice sharedBy(int devices) {
        return with(devices, clock);
    }

    private CudaDevice with(int sharers, Optional<LaunchClock> measuring) {
        return new CudaDevice(
                number,
                uuid,
                title,
                totalBytes,
                multiprocessors,
                maxSharedBytes,
                computeCapability,
                sharers,
                measuring);
    }

    static CudaDevice describe(int number) {
        DeviceId id = id(number);
        CUdevice device = handle(number);
        byte[] name = new byte[NAME_BYTES];
        CudaResult.check(JCudaDriver.cuDeviceGetName(name, name.length, device), id, "asking for its name");
        long[] bytes = new long[1];
        CudaResult.check(JCudaDriver.cuDeviceTotalMem(bytes, device), id, "asking for its memory");
        return new CudaDevice(
                number,
                uuid(id, device),
                text(name),
                bytes[0],
                attribute(id, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
                attribute(id, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
                10 * attribute(id, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
                        + attribute(id, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR));
    }

    private static DeviceId id(int number) {
        return new DeviceId("gpu" + number);
    }

    private static CUdevice handle(int number) {
        CUdevice device = new CUdevice();
        CudaResult.check(JCudaDriver.cuDeviceGet(device, number), id(number), "looking for it");
        return device;
    }

    private static int attribute(DeviceId id, CUdevice device, int attribute) {
        int[] value = new int[1];
        CudaResult.check(
                JCudaDriver.cuDeviceGetAttribute(value, attribute, device), id, "asking for attribute " + attribute);
        return value[0];
    }

    private static UUID uuid(DeviceId id, CUdevice device) {
        CUuuid uuid = new CUuuid();
        CudaResult.check(JCudaDriver.cuDeviceGetUuid(uuid, device), id, "asking for its UUID");
        ByteBuffer bytes = ByteBuffer.wrap(uuid.bytes);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static String text(byte[] terminated) {
        int length = 0;
        while (length < terminated.length && terminated[length] != 0) {
            length++;
        }
        return new String(terminated, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public DeviceId id() {
        return id(number);
    }

    @Override
    public long memoryBytes() {
        return totalBytes - totalBytes / RESERVED_SHARE;
    }

    /** True for a device that is computed on the processor, for trying things out. */
    public boolean simulated() {
        return title.startsWith(SIMULATED);
    }

    /** Opens the device for work. All that open it in this process share its memory. */
    public CudaContext open() {
        return CudaContext.open(id(), handle(number), clock);
    }

    @Override
    public Optional<String> recover() {
        return new Recovery(this).attempt();
    }

    void reset() {
        CudaResult.check(JCudaDriver.cuDevicePrimaryCtxReset(handle(number)), id(), "resetting it");
    }
}
