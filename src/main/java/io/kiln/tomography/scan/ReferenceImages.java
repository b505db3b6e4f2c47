package io.kiln.tomography.scan;

import io.kiln.pipeline.UnreadableInputException;
import io.kiln.volume.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/** Flat or dark fields. Thread-safe. */
public final class ReferenceImages {
    private final ImageStack stack;

    ReferenceImages(ImageStack stack) {
        this.stack = stack;
    }

    /** Number of images. */
    public int count() {
        return stack.images();
    }

    public ImageStack stack() {
        return stack;
    }

    /**
     * The mean of all images over a part of the detector, summed in double precision. A NaN in one image makes the mean NaN, and so does the largest
     * integer of 32 bits: by that detectors mark pixels that count nothing. With fewer bits it is saturation.
     *
     * @param mean takes (toRow − fromRow) × (toColumn − fromColumn) values, row by row
     * @throws UnreadableInputException when these rows cannot be read
     */
    public void mean(int fromRow, int toRow, int fromColumn, int toColumn, double[] mean) throws IOException {
        mean(0, count(), fromRow, toRow, fromColumn, toColumn, mean);
    }

    /** The mean of the images from {@code fromImage} to one before {@code toImage}. */
    public void mean(int fromImage, int toImage, int fromRow, int toRow, int fromColumn, int toColumn, double[] mean)
            throws IOException {
        int pixels = (toRow - fromRow) * (toColumn - fromColumn);
        Arrays.fill(mean, 0, pixels, 0);
        double masked = masked(stack.array().type());
        ByteBuffer image = ByteBuffer.allocateDirect(
                        Math.multiplyExact(pixels, stack.array().type().bytes()))
                .order(stack.array().order());
        try {
            for (int i = fromImage; i < toImage; i++) {
                stack.read(new int[] {i}, fromRow, toRow, fromColumn, toColumn, image.clear());
                for (int pixel = 0; pixel < pixels; pixel++) {
                    double count = stack.array().type().toDouble(image, pixel);
                    mean[pixel] += count == masked ? Double.NaN : count;
                }
            }
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException unreadable) {
            throw new UnreadableInputException(
                    "rows " + fromRow + " to " + (toRow - 1) + " of " + stack + " cannot be read: "
                            + unreadable.getMessage(),
                    unreadable);
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
            mean[pixel] /= toImage - fromImage;
        }
    }

    private static double masked(ElementType type) {
        return switch (type) {
            case UINT32 -> 0xFFFFFFFFL;
            case INT32 -> Integer.MAX_VALUE;
            // equal to nothing
            case UINT8, INT8, UINT16, INT16, FLOAT32, FLOAT64 -> Double.NaN;
        };
    }
}
