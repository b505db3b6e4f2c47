package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;

/**
 * Part of a picture, in pixels.
 *
 * @param x first column
 * @param y first row
 */
public record Region(int x, int y, int width, int height) {
    public Region {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new InputRejectedException("a region of " + width + " × " + height + " pixels from column " + x
                    + " and row " + y + " is none: columns and rows count from 0");
        }
    }

    /** @throws InputRejectedException when it reaches beyond a picture of this size */
    void checkWithin(int columns, int rows) {
        if ((long) x + width > columns || (long) y + height > rows) {
            throw new InputRejectedException("a region of " + width + " × " + height + " pixels from column " + x
                    + " and row " + y + " reaches beyond the picture, which has " + columns + " × " + rows);
        }
    }
}
