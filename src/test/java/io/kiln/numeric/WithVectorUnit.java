package io.kiln.numeric;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Tests of what computes, which run with the processor's vector unit as Kiln does when it is shipped; the build has a process of their own for them (pom.xml). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("vector-unit")
public @interface WithVectorUnit {}
