package io.kiln.pipeline;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one component of a pipeline's parameter record; the JSON Schema, the checks and the defaults come from it alone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {
    /** What it does, one sentence. */
    String description();

    /** The value when none is given, as JSON text; {@code null} makes the parameter optional without a value. */
    String standard();

    /** What people call it, a few words; empty where its name does. */
    String title() default "";

    /** What it has to do with: parameters of the same group stand together in forms, under this heading; empty where there are no groups. */
    String group() default "";

    /** Unit of the value, for example {@code px} or {@code deg}; empty where it has none. */
    String unit() default "";

    /** Least value allowed, inclusive. */
    double minimum() default Double.NEGATIVE_INFINITY;

    /** Greatest value allowed, inclusive. */
    double maximum() default Double.POSITIVE_INFINITY;

    /** False where the parameter cannot change the numbers of a result, so that another value does not make a whole result stale. */
    boolean significant() default true;

    /** True where the value names an input file, which must lie in a data root. */
    boolean file() default false;
}
