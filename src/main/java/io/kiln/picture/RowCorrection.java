package io.kiln.picture;

import java.io.IOException;

/** What is done to each row of a picture as it is read. */
@FunctionalInterface
interface RowCorrection {
    RowCorrection NONE = (request, row, columns, values) -> {};

    /**
     * @param row number of the row in the whole picture
     * @param columns numbers of the columns that were read
     * @param values of these columns, changed in place
     */
    void apply(PlaneRequest request, int row, int[] columns, float[] values) throws IOException;
}
