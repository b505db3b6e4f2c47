package io.kiln.root;

/** Which of the two folders of a root R a place is in. */
public enum Area {
    /** R itself */
    INSIDE,
    /** R_rec, which R grants for output */
    BESIDE
}
