package io.kiln.run;

import java.util.UUID;

/**
 * A server process that executes runs.
 *
 * @param node its name, the same after a restart
 * @param boot new at every start, so that what an earlier process held is known to be nobody's
 */
public record Claimant(String node, UUID boot) {}
