package io.kiln.numeric;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Picks inner loops that are written for the processor's vector unit, where the Java process has the module {@code jdk.incubator.vector}
 * ({@code --add-modules jdk.incubator.vector}) and the compiler that knows it: without that one each vector is an object. They do the same
 * operations in the same order as the plain ones, so the bytes of a result do not tell which were used; the time does.
 */
public final class VectorUnit {
    private static final System.Logger LOG = System.getLogger(VectorUnit.class.getName());
    private static final String MODULE = "jdk.incubator.vector";

    private VectorUnit() {}

    /** True where the process was started with the module, and not without the compiler that makes use of it. */
    public static boolean isPresent() {
        return ModuleLayer.boot().findModule(MODULE).isPresent()
                && isOptimizing(System.getProperty("java.vm.info", ""));
    }

    /** @param machine what HotSpot says of itself: "emulated-client" with {@code -XX:TieredStopAtLevel=1}, "interpreted mode" with {@code -Xint} */
    static boolean isOptimizing(String machine) {
        return !machine.contains("emulated-client") && !machine.contains("interpreted mode");
    }

    /**
     * The vector implementation, or else the plain one.
     *
     * @param owner lookup of a class in the implementation's package
     * @param implementation class name of the vector implementation, which has a constructor without parameters
     * @param plain what to use without the module
     */
    public static <T> T orElse(MethodHandles.Lookup owner, String implementation, Class<T> type, T plain) {
        return orElse(owner, implementation, type, plain, 0);
    }

    /**
     * The same, for an implementation that older Java versions run slower than the plain one.
     *
     * @param since the first Java version to use it on
     */
    public static <T> T orElse(MethodHandles.Lookup owner, String implementation, Class<T> type, T plain, int since) {
        if (!isPresent() || Runtime.version().feature() < since) {
            return plain;
        }
        try {
            Class<?> found = owner.findClass(implementation);
            return type.cast(owner.findConstructor(found, MethodType.methodType(void.class))
                    .invoke());
        } catch (ReflectiveOperationException | LinkageError hidden) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is not used, so computing is several times slower than it could be: the class loader does not show"
                            + " it module {1} (in WildFly jboss-deployment-structure.xml must name it): {2}",
                    implementation,
                    MODULE,
                    hidden);
            return plain;
        } catch (Throwable thrown) {
            throw new IllegalStateException(implementation + " cannot be made", thrown);
        }
    }
}
