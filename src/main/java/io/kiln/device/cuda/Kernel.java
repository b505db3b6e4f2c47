package io.kiln.device.cuda;

import java.util.List;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.JCudaDriver;

/** A function that many threads of the device run at once. */
public final class Kernel {
    private final CudaContext context;
    private final String name;
    private final CUfunction function;
    private final List<String> parameterTypes;

    /** @param parameterTypes what {@link Ptx#parameterTypes} says */
    Kernel(CudaContext context, String name, CUfunction function, List<String> parameterTypes) {
        this.context = context;
        this.name = name;
        this.function = function;
        this.parameterTypes = parameterTypes;
    }

    /** Lets a block share more than 48 KiB, as far as the device goes ({@link CudaDevice#maxSharedBytes}). */
    public Kernel allowingSharedBytes(int bytes) {
        context.call(
                "giving kernel " + name + " " + bytes + " shared bytes",
                () -> JCudaDriver.cuFuncSetAttribute(
                        function, CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, bytes));
        return this;
    }

    /**
     * Puts the kernel into a stream.
     *
     * @param grid how many blocks
     * @param block how many threads each has, 1024 at most
     * @param sharedBytes that the threads of a block share beside what the kernel declares
     * @throws IllegalArgumentException when the arguments are not those that the kernel takes
     */
    public void launch(
            CudaStream stream, Dimensions grid, Dimensions block, int sharedBytes, KernelArguments arguments) {
        context.requireOwn(stream.context());
        // why: the driver reads as many bytes as the kernel declares, from wherever it is pointed
        if (!arguments.types().equals(parameterTypes)) {
            throw new IllegalArgumentException(
                    "kernel " + name + " takes " + parameterTypes + ", but is called with " + arguments.types());
        }
        context.clock()
                .ifPresentOrElse(
                        clock -> clock.measure(
                                name,
                                arguments.bytes(),
                                stream,
                                () -> put(stream, grid, block, sharedBytes, arguments)),
                        () -> put(stream, grid, block, sharedBytes, arguments));
    }

    private void put(CudaStream stream, Dimensions grid, Dimensions block, int sharedBytes, KernelArguments arguments) {
        context.call(
                "launching kernel " + name + " as " + grid + " blocks of " + block + " threads",
                () -> JCudaDriver.cuLaunchKernel(
                        function,
                        grid.x(),
                        grid.y(),
                        grid.z(),
                        block.x(),
                        block.y(),
                        block.z(),
                        sharedBytes,
                        stream.handle(),
                        arguments.pointer(),
                        null));
    }
}
