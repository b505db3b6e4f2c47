package io.kiln.worker;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What SIGTERM, SIGINT and SIGHUP do: the first of them asks to stop, the second ends the process at once, as kill -9 would, which loses the slabs in flight
 * and nothing else. A shutdown hook could not tell the second from the first, nor let the process end with a status of its own.
 */
final class StopSignals {
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");
    private static final int SIGNALLED = 128;

    private final Runnable stop;
    private final AtomicBoolean asked = new AtomicBoolean();

    private StopSignals(Runnable stop) {
        this.stop = stop;
    }

    /** @param stop called on the first signal, on a thread of its own */
    static void handle(Runnable stop) {
        StopSignals signals = new StopSignals(stop);
        try {
            for (String name : SIGNALS) {
                signals.register(name);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime lacks the module jdk.unsupported", e);
        }
    }

    /** By reflection: the compiler warns of every mention of sun.misc.Signal, and cannot be told that it is meant. */
    private void register(String name) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        int number = (int) signalType.getMethod("getNumber").invoke(signal);
        Object handler = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[] {handlerType},
                (proxy, method, arguments) -> called(proxy, method, arguments, number));
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }

    private Object called(Object proxy, Method method, Object[] arguments, int number) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "kiln-worker's handler of signal " + number;
            default -> {
                arrived(number);
                yield null;
            }
        };
    }

    private void arrived(int number) {
        if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(SIGNALLED + number);
        }
        stop.run();
    }
}
