package io.kiln.tomography.scan;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.hdf5.Hdf5File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the files of a scan and checks that they fit each other. */
final class ScanOpening {
    static final String DATA = "/exchange/data";
    static final String FLATS = "/exchange/data_white";
    static final String DARKS = "/exchange/data_dark";
    static final String THETA = "/exchange/theta";

    private final ScanFiles files;
    private final Map<Path, Hdf5File> open = new HashMap<>();

    ScanOpening(ScanFiles files) {
        this.files = files;
    }

    Scan open() throws IOException {
        boolean done = false;
        try {
            Scan scan = scan();
            done = true;
            return scan;
        } finally {
            if (!done) {
                Closing.all(List.copyOf(open.values()));
            }
        }
    }

    private Scan scan() throws IOException {
        Hdf5File data = file(files.data());
        AxisOrder order = attribute(data, DATA).orElse(AxisOrder.THETA_Y_X);
        ImageStack projections = new ImageStack(files.data(), DATA, data.array(DATA), order);
        Optional<ReferenceImages> flats = references(files.flats(), FLATS, projections);
        Optional<ReferenceImages> darks = references(files.darks(), DARKS, projections);
        Optional<double[]> theta = data.numbers(THETA);
        theta.ifPresent(this::checkFinite);
        return new Scan(projections, flats, darks, theta, files.identities(), new ArrayList<>(open.values()));
    }

    private Hdf5File file(Path path) throws IOException {
        Hdf5File file = open.get(path);
        if (file == null) {
            file = Hdf5File.open(path);
            open.put(path, file);
        }
        return file;
    }

    private static Optional<AxisOrder> attribute(Hdf5File file, String name) {
        Optional<String> axes = file.has(name) ? file.text(name, "axes") : Optional.empty();
        return axes.map(text -> AxisOrder.of(text)
                .orElseThrow(() -> new InputRejectedException(name + " of " + file.path() + " has the axes '" + text
                        + "'; Kiln reads " + AxisOrder.THETA_Y_X + " and " + AxisOrder.Y_THETA_X
                        + ": convert the file or correct the attribute")));
    }

    /** A file of its own may hold the images under the name that they have in a scan, or as its data. */
    private Optional<ReferenceImages> references(Path path, String name, ImageStack projections) throws IOException {
        Hdf5File file = file(path);
        boolean isSeparate = !path.equals(files.data());
        String other = name.equals(FLATS) ? DARKS : FLATS;
        if (isSeparate
                && !file.has(name)
                && file.has(THETA)
                && file.images(other).isPresent()) {
            // what its data are then, are projections
            throw new InputRejectedException(path + " is a scan without " + name
                    + ": name a file that holds these images, as that dataset or alone as " + DATA);
        }
        String used = isSeparate && !file.has(name) ? DATA : name;
        Optional<ArraySource> images = file.images(used);
        if (images.isEmpty() && isSeparate) {
            throw new InputRejectedException(
                    path + " has neither " + name + " nor " + DATA + ": name a file that holds these images");
        }
        if (images.isEmpty()) {
            return Optional.empty();
        }
        AxisOrder order = attribute(file, used).orElse(fitting(images.get().shape(), projections));
        ImageStack stack = new ImageStack(path, used, images.get(), order);
        checkSize(stack, projections);
        return Optional.of(new ReferenceImages(stack));
    }

    /** Flats often lack the attribute: theirs is the order of the projections unless only the other one fits. */
    private static AxisOrder fitting(ArrayShape shape, ImageStack projections) {
        return projections.order().rows(shape) != projections.rows()
                        && AxisOrder.THETA_Y_X.rows(shape) == projections.rows()
                ? AxisOrder.THETA_Y_X
                : projections.order();
    }

    private static void checkSize(ImageStack stack, ImageStack projections) {
        if (stack.rows() != projections.rows() || stack.columns() != projections.columns()) {
            throw new InputRejectedException(stack + " has images of " + stack.rows() + " rows × " + stack.columns()
                    + " columns, but the projections have " + projections.rows() + " × " + projections.columns()
                    + ": use flats and darks of the same detector region");
        }
    }

    private void checkFinite(double[] theta) {
        for (int i = 0; i < theta.length; i++) {
            if (!Double.isFinite(theta[i])) {
                throw new InputRejectedException(THETA + " of " + files.data() + " has the angle " + theta[i]
                        + " at position " + i + ": angles must be finite numbers in degrees");
            }
        }
    }
}
