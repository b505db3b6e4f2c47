package io.kiln.device.cpu;

import io.kiln.device.Device;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** What computing may take of this process's memory; the rest is for everything else that runs in it. */
public final class ProcessMemory {
    private static final double HEAP_SHARE = 0.6;
    private static final double DIRECT_SHARE = 0.75;
    private static final String DIRECT_LIMIT = "MaxDirectMemorySize";

    private ProcessMemory() {}

    /** Bytes of arrays. */
    public static long heapBytes() {
        return (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE);
    }

    /** Bytes of arrays for what is computed on one device. */
    public static long heapBytes(Device device) {
        return heapBytes() / device.sharing();
    }

    /** Bytes of direct buffers. */
    public static long directBytes() {
        return (long) (directLimit() * DIRECT_SHARE);
    }

    /** Bytes of direct buffers for what is computed on one device. */
    public static long directBytes(Device device) {
        return directBytes() / device.sharing();
    }

    /** Java has no call for it; where the option is not set, it is the size of the heap. */
    private static long directLimit() {
        try {
            CompositeData option = (CompositeData) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {DIRECT_LIMIT},
                            new String[] {String.class.getName()});
            long bytes = Long.parseLong((String) option.get("value"));
            return bytes > 0 ? bytes : Runtime.getRuntime().maxMemory();
        } catch (JMException absent) {
            throw new IllegalStateException("this Java does not tell its " + DIRECT_LIMIT, absent);
        }
    }
}
