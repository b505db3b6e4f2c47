package io.kiln.numeric;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Tests of what computes, which run with the processor's vector unit as Kiln does when it is shipped; the build has processes of their own for them (pom.xml). jqwik reads a tag of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("vector-unit")
@net.jqwik.api.Tag("vector-unit")
public @interface WithVectorUnit {}
