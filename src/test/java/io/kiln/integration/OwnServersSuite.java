package io.kiln.integration;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Tests that start servers of their own. The suites run beside each other (pom.xml), each in a process of its own. */
@Suite
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "io.kiln.integration.OrderedByGroupAndName")
@SelectPackages("io.kiln")
@IncludeClassNamePatterns(".*IT")
@IncludeTags("own-servers")
class OwnServersSuite {}
