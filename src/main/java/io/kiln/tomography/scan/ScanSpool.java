package io.kiln.tomography.scan;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnitRange;
import io.kiln.volume.Selection;
import io.kiln.volume.spool.Spool;
import io.kiln.volume.spool.SpoolLimits;
import io.kiln.volume.spool.SpooledArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decompresses the images of a scan into files of a folder. */
public final class ScanSpool {
    private static final List<String> NAMES = List.of("projections", "flats", "darks");

    private final Path folder;
    private final ScanWindow window;
    private final int[] rows;
    private final SpoolLimits limits;

    ScanSpool(Path folder, ScanWindow window, UnitRange rows, SpoolLimits limits) {
        this.folder = folder;
        this.window = window;
        this.rows = Selection.range(rows.from(), rows.to());
        this.limits = limits;
    }

    /** Removes the files that were made in this folder; nothing where there are none. */
    public static void delete(Path folder) throws IOException {
        for (String name : NAMES) {
            Spool.delete(file(folder, name));
        }
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".spool");
    }

    ImageStack projections(ImageStack stack, List<AutoCloseable> open) throws IOException, InterruptedException {
        return spooled("projections", stack, window.projections(), open);
    }

    Optional<ReferenceImages> references(String name, Optional<ReferenceImages> images, List<AutoCloseable> open)
            throws IOException, InterruptedException {
        if (images.isEmpty()) {
            return images;
        }
        ImageStack stack = images.get().stack();
        return Optional.of(new ReferenceImages(spooled(name, stack, Selection.range(0, stack.images()), open)));
    }

    private ImageStack spooled(String name, ImageStack stack, int[] images, List<AutoCloseable> open)
            throws IOException, InterruptedException {
        if (stack.rowsDecodedTogether() == 1) {
            return stack;
        }
        Selection needed = stack.order().select(images, rows, window.fromColumn(), window.toColumn());
        SpooledArray copy = Spool.of(stack.array(), needed, file(folder, name), limits);
        open.add(copy);
        checkReadable(stack, images, copy);
        return stack.with(copy);
    }

    private void checkReadable(ImageStack stack, int[] images, SpooledArray copy) {
        if (IntStream.of(rows).noneMatch(row -> isReadable(stack, images, new int[] {row}, copy))) {
            String damaged = IntStream.of(images)
                    .filter(image -> !isReadable(stack, new int[] {image}, rows, copy))
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", "));
            throw new InputRejectedException("every detector row of " + stack + " is touched by damage, in the images "
                    + damaged + ": leave them out, or copy the file again");
        }
    }

    private boolean isReadable(ImageStack stack, int[] images, int[] some, SpooledArray copy) {
        return copy.isReadable(stack.order().select(images, some, window.fromColumn(), window.toColumn()));
    }
}
