package io.kiln.integration;

import org.junit.platform.suite.api.ExcludeTags;

/**
 * All other tests in WildFly, on one server that nobody disturbs; those that want the same application follow one another, by their {@code @Order}:
 * 1 {@link ServerIT}, 2 those of runs inside the server, 3 those with {@link WaitingJob}, and then all that want it as it is shipped.
 */
@InWildFly
@ExcludeTags({"laboratory", "own-servers"})
class OneServerSuite {}
