package io.kiln.integration;

import org.junit.platform.suite.api.IncludeTags;

/** Tests that start servers of their own. */
@InWildFly
@IncludeTags("own-servers")
class OwnServersSuite {}
