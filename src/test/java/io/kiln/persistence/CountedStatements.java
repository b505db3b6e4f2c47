package io.kiln.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts the statements that go to a database: what is asked item by item is seen without a clock. */
public final class CountedStatements {
    private final AtomicInteger count = new AtomicInteger();
    private final DataSource counted;

    public CountedStatements(DataSource dataSource) {
        counted = proxy(DataSource.class, dataSource);
    }

    public Sql sql() {
        return new Sql(counted);
    }

    public int count() {
        return count.get();
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = call(target, method, arguments);
                    if (method.getName().equals("prepareStatement")) {
                        count.incrementAndGet();
                    }
                    return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
                }));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
