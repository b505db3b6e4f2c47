package io.kiln.device.cuda;

import io.kiln.device.DeviceId;
import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.device.TransientDeviceException;
import java.util.Set;
import jcuda.driver.CUresult;

/** What the driver's answers mean. The sources are the descriptions of {@code CUresult} in NVIDIA's CUDA Driver API reference. */
final class CudaResult {
    /** After one of these every call to the context fails, or there is no telling whether what it holds is right. */
    private static final Set<Integer> LOST = Set.of(
            CUresult.CUDA_ERROR_DEINITIALIZED,
            CUresult.CUDA_ERROR_DEVICE_UNAVAILABLE,
            CUresult.CUDA_ERROR_NO_DEVICE,
            CUresult.CUDA_ERROR_INVALID_DEVICE,
            CUresult.CUDA_ERROR_ECC_UNCORRECTABLE,
            CUresult.CUDA_ERROR_NVLINK_UNCORRECTABLE,
            CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
            CUresult.CUDA_ERROR_LAUNCH_TIMEOUT,
            CUresult.CUDA_ERROR_CONTEXT_IS_DESTROYED,
            CUresult.CUDA_ERROR_ASSERT,
            CUresult.CUDA_ERROR_HARDWARE_STACK_ERROR,
            CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION,
            CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
            CUresult.CUDA_ERROR_INVALID_ADDRESS_SPACE,
            CUresult.CUDA_ERROR_INVALID_PC,
            CUresult.CUDA_ERROR_LAUNCH_FAILED,
            CUresult.CUDA_ERROR_MPS_CLIENT_TERMINATED,
            CUresult.CUDA_ERROR_EXTERNAL_DEVICE,
            CUresult.CUDA_ERROR_UNKNOWN);

    /** The system around the device was not up to it just now. */
    private static final Set<Integer> TRANSIENT = Set.of(
            CUresult.CUDA_ERROR_OPERATING_SYSTEM,
            CUresult.CUDA_ERROR_SYSTEM_NOT_READY,
            CUresult.CUDA_ERROR_MPS_CONNECTION_FAILED,
            CUresult.CUDA_ERROR_MPS_RPC_FAILURE,
            CUresult.CUDA_ERROR_MPS_SERVER_NOT_READY);

    private static final Set<Integer> DRIVER_TOO_OLD = Set.of(
            CUresult.CUDA_ERROR_UNSUPPORTED_PTX_VERSION,
            CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU,
            CUresult.CUDA_ERROR_INVALID_PTX);

    private CudaResult() {}

    static boolean isSuccess(int result) {
        return result == CUresult.CUDA_SUCCESS;
    }

    static String name(int result) {
        return CUresult.stringFor(result);
    }

    /**
     * Returns where the driver did what it was asked for.
     *
     * @param doing what it was asked for, such as "copying 4096 bytes to the device"
     * @throws OutOfDeviceMemoryException when less memory is free
     * @throws DeviceLostException when the device is to be recovered
     * @throws TransientDeviceException when the same may succeed the next time
     * @throws IllegalStateException when the request was wrong, which no repetition mends
     */
    static void check(int result, DeviceId device, String doing) {
        if (isSuccess(result)) {
            return;
        }
        String message = device + ": " + name(result) + " while " + doing;
        if (result == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
            throw new OutOfDeviceMemoryException(device, message);
        }
        if (LOST.contains(result)) {
            throw new DeviceLostException(device, message);
        }
        if (TRANSIENT.contains(result)) {
            throw new TransientDeviceException(message);
        }
        throw new IllegalStateException(
                message + (DRIVER_TOO_OLD.contains(result) ? "; the GPU or its driver is too old for Kiln" : ""));
    }
}
