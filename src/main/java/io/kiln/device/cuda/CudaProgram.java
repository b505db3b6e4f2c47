package io.kiln.device.cuda;

import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** Kernels that were loaded together. */
public final class CudaProgram implements AutoCloseable {
    private final CudaContext context;
    private final Ptx ptx;
    private final CUmodule module;
    private boolean closed;

    CudaProgram(CudaContext context, Ptx ptx, CUmodule module) {
        this.context = context;
        this.ptx = ptx;
        this.module = module;
    }

    /** @throws IllegalArgumentException when the program has no such kernel */
    public Kernel kernel(String name) {
        var parameterTypes = ptx.parameterTypes(name);
        CUfunction function = new CUfunction();
        context.call("looking for kernel " + name, () -> JCudaDriver.cuModuleGetFunction(function, module, name));
        return new Kernel(context, name, function, parameterTypes);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            context.release("unloading " + ptx.name(), () -> JCudaDriver.cuModuleUnload(module));
        }
    }
}
