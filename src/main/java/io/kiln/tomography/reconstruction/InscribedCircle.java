package io.kiln.tomography.reconstruction;

/** The pixels of a square slice that every projection sees: closer to the axis than half the width. */
record InscribedCircle(int width) {
    /** Pixels from the left edge to the axis, and from the top edge. */
    int center() {
        return width / 2;
    }

    /** The first column inside, for the pixels this many rows above the axis; {@link #end} where there is none. */
    int start(int above) {
        int reach = reach(above);
        return reach < 0 ? center() : center() - reach;
    }

    /** One past the last column inside. */
    int end(int above) {
        return center() + reach(above) + 1;
    }

    /** The farthest whole distance x with x² + above² < (width/2)², −1 where there is none. */
    private int reach(int above) {
        long square = (long) width * width - 4L * above * above;
        if (square <= 0) {
            return -1;
        }
        int reach = (int) StrictMath.sqrt(square / 4.0);
        return 4L * reach * reach < square ? reach : reach - 1;
    }
}
