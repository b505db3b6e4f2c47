package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.Selection;

/** The axis of an array that a picture stands on: the other two are its rows and its columns. */
public enum Axis {
    FIRST {
        @Override
        int extent(ArrayShape shape) {
            return shape.first();
        }

        @Override
        int rows(ArrayShape shape) {
            return shape.second();
        }

        @Override
        int columns(ArrayShape shape) {
            return shape.third();
        }

        @Override
        Selection selection(int index, int[] rows, int[] columns) {
            return new Selection(new int[] {index}, rows, columns[0], columns[columns.length - 1] + 1);
        }
    },
    SECOND {
        @Override
        int extent(ArrayShape shape) {
            return shape.second();
        }

        @Override
        int rows(ArrayShape shape) {
            return shape.first();
        }

        @Override
        int columns(ArrayShape shape) {
            return shape.third();
        }

        @Override
        Selection selection(int index, int[] rows, int[] columns) {
            return new Selection(rows, new int[] {index}, columns[0], columns[columns.length - 1] + 1);
        }
    },
    THIRD {
        @Override
        int extent(ArrayShape shape) {
            return shape.third();
        }

        @Override
        int rows(ArrayShape shape) {
            return shape.first();
        }

        @Override
        int columns(ArrayShape shape) {
            return shape.second();
        }

        @Override
        Selection selection(int index, int[] rows, int[] columns) {
            return new Selection(rows, columns, index, index + 1);
        }
    };

    /** How many pictures stand on it. */
    abstract int extent(ArrayShape shape);

    abstract int rows(ArrayShape shape);

    abstract int columns(ArrayShape shape);

    /** @param columns neighbours, except on the third axis */
    abstract Selection selection(int index, int[] rows, int[] columns);

    /** @throws InputRejectedException when it is not 0, 1 or 2 */
    public static Axis of(int number) {
        if (number < 0 || number > 2) {
            throw new InputRejectedException("axis is " + number + ", but must be 0, 1 or 2");
        }
        return values()[number];
    }
}
