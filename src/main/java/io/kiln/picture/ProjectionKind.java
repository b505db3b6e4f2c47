package io.kiln.picture;

/** What a projection shows of the values that lie behind one another in a stack; NaN where none is finite. */
public enum ProjectionKind {
    MEAN,
    MAXIMUM,
    MINIMUM,
    /** of the values as they are, not of a sample: divided by their number */
    DEVIATION
}
