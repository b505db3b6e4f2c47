package io.kiln.integration;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * All other tests in WildFly, on one server that nobody disturbs; those that want the same application follow one another, by their {@code @Order}:
 * 1 {@link ServerIT}, 2 those of runs inside the server, 3 those with {@link WaitingJob}, and then all that want it as it is shipped. The suites run
 * beside each other (pom.xml), each in a process of its own.
 */
@Suite
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "io.kiln.integration.OrderedByGroupAndName")
@SelectPackages("io.kiln")
@IncludeClassNamePatterns(".*IT")
@ExcludeTags({"laboratory", "own-servers"})
class OneServerSuite {}
