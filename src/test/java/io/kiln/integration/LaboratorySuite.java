package io.kiln.integration;

import org.junit.platform.suite.api.IncludeTags;

/** Tests that share one installation, which they disturb one after the other. */
@InWildFly
@IncludeTags("laboratory")
class LaboratorySuite {}
