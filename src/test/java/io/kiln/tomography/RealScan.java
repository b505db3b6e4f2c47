package io.kiln.tomography;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The measured tooth of tomopy's examples, which is not part of the checkout: a folder {@code shared/data} beside it or beside any folder above, or the
 * folder that the system property {@code kiln.shared.data} names.
 */
final class RealScan {
    private RealScan() {}

    /** A file of that folder; a test that asks for it is skipped where it is absent. */
    static Path file(String name) {
        Optional<Path> found = folder().map(folder -> folder.resolve(name)).filter(Files::isRegularFile);
        assumeTrue(
                found.isPresent(),
                "there is no shared/data/" + name
                        + " above this checkout, and -Dkiln.shared.data names no folder with it");
        return found.orElseThrow();
    }

    private static Optional<Path> folder() {
        String named = System.getProperty("kiln.shared.data");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), above -> above != null, Path::getParent)
                .map(above -> above.resolve("shared").resolve("data"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** One image of a NumPy file with a stack of 32-bit floats. */
    static float[] image(Path npy, int number, int pixels) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = file.getShort(8);
        String header = new String(file.array(), 10, headerLength, StandardCharsets.US_ASCII);
        if (!header.contains("'<f4'") || !header.contains("'fortran_order': False")) {
            throw new IOException(npy + " holds no 32-bit floats in C order: " + header);
        }
        float[] image = new float[pixels];
        file.position(10 + headerLength + 4 * number * pixels)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(image);
        return image;
    }
}
