package io.kiln.device.cuda;

import java.util.ArrayList;
import java.util.List;
import jcuda.NativePointerObject;
import jcuda.Pointer;

/** What a kernel is called with, in its order. Its launch copies them, so that they may be used again. */
public final class KernelArguments {
    private final List<NativePointerObject> pointers = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private long bytes;

    /** A C++ {@code int} or {@code unsigned}. */
    public KernelArguments add(int value) {
        return add("u32", Pointer.to(new int[] {value}));
    }

    /** A C++ {@code float}. */
    public KernelArguments add(float value) {
        return add("f32", Pointer.to(new float[] {value}));
    }

    /** A C++ {@code double}. */
    public KernelArguments add(double value) {
        return add("f64", Pointer.to(new double[] {value}));
    }

    /** A C++ {@code long long} or {@code size_t}. */
    public KernelArguments add(long value) {
        return add("u64", Pointer.to(new long[] {value}));
    }

    /** A pointer to the memory's beginning. */
    public KernelArguments add(DeviceMemory memory) {
        return add(memory, 0);
    }

    /** A pointer into the memory. */
    public KernelArguments add(DeviceMemory memory, long offset) {
        return add("u64", Pointer.to(memory.at(offset, 0)));
    }

    /**
     * Says how much of the device's memory the kernel has to read and write, each byte once: what its time is measured against.
     *
     * @param moved what stays in the device's caches does not count
     */
    public KernelArguments moving(long moved) {
        bytes = moved;
        return this;
    }

    long bytes() {
        return bytes;
    }

    private KernelArguments add(String type, Pointer pointer) {
        pointers.add(pointer);
        types.add(type);
        return this;
    }

    /** The types as {@link Ptx#parameterTypes} names them. */
    List<String> types() {
        return types;
    }

    Pointer pointer() {
        return Pointer.to(pointers.toArray(NativePointerObject[]::new));
    }
}
