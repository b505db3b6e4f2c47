package io.kiln.integration;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/** Classes by their {@code @Order}, and then by name: on every machine the same order, not that in which its file system lists them. */
public final class OrderedByGroupAndName implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.<ClassDescriptor>comparingInt(OrderedByGroupAndName::group)
                        .thenComparing(ClassDescriptor::getTestClass, Comparator.comparing(Class::getName)));
    }

    private static int group(ClassDescriptor descriptor) {
        return descriptor.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
    }
}
