package io.kiln.run;

/** A data root was moved while a run worked in it. The run goes on at its new place. */
class RootMovedException extends RuntimeException {
    RootMovedException(String from, String to, Throwable failure) {
        super("its data root was moved from " + from + " to " + to + " while it ran", failure);
    }
}
