package io.kiln.event;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Work that is done again and again: a scheduler would drop it, and say nothing, after a round that fails. */
public final class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class.getName());

    private Rounds() {}

    /**
     * The work, of which a round that fails is logged and keeps no other from coming.
     *
     * @param name what is done, for the log
     */
    public static Runnable of(String name, Runnable round) {
        return () -> {
            try {
                round.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, e, () -> name + " has failed; that is done again");
            }
        };
    }
}
