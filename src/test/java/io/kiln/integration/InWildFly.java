package io.kiln.integration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** A suite of the tests in WildFly: those with some tags, or without them. The suites run beside each other (pom.xml), each in a process of its own. */
@Suite
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "io.kiln.integration.OrderedByGroupAndName")
@SelectPackages("io.kiln")
@IncludeClassNamePatterns(".*IT")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface InWildFly {}
