package io.kiln.tomography.scan;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.Selection;
import java.util.Optional;

/** In which order the axes of a stack of images are stored; Data Exchange writes it as the attribute {@code axes}. */
public enum AxisOrder {
    /** Image by image: every image has its rows together. */
    THETA_Y_X("theta:y:x"),
    /** Sinogram by sinogram: every detector row has its images together. */
    Y_THETA_X("y:theta:x");

    private final String attribute;

    AxisOrder(String attribute) {
        this.attribute = attribute;
    }

    static Optional<AxisOrder> of(String attribute) {
        // Data Exchange names the angles of flats and darks theta_white and theta_dark
        String named = attribute.replace(" ", "").replaceFirst("(?i)theta_(white|dark)", "theta");
        for (AxisOrder order : values()) {
            if (order.attribute.equalsIgnoreCase(named)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /** Number of images in an array. */
    int images(ArrayShape shape) {
        return this == THETA_Y_X ? shape.first() : shape.second();
    }

    /** Number of detector rows in an array. */
    int rows(ArrayShape shape) {
        return this == THETA_Y_X ? shape.second() : shape.first();
    }

    Selection select(int[] images, int[] rows, int fromColumn, int toColumn) {
        return this == THETA_Y_X
                ? new Selection(images, rows, fromColumn, toColumn)
                : new Selection(rows, images, fromColumn, toColumn);
    }

    /** Where the row of an image begins among rows of {@code rows} rows and {@code images} images, counted in rows. */
    int place(int image, int row, int images, int rows) {
        return this == THETA_Y_X ? image * rows + row : row * images + image;
    }

    @Override
    public String toString() {
        return attribute;
    }
}
