import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Compresses a file for the build, which runs it from its source: {@code java -cp xz.jar Xz.java FILE FILE.xz}. The build's own plugins know the strongest
 * compression only, which takes six times as long and makes the worker's archive a tenth smaller.
 */
final class Xz {
    private static final int FASTEST_THAT_IS_WORTH_IT = 1;

    private Xz() {}

    public static void main(String[] files) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(files[0]));
                OutputStream out = Files.newOutputStream(Path.of(files[1]));
                XZOutputStream compressed = new XZOutputStream(out, new LZMA2Options(FASTEST_THAT_IS_WORTH_IT))) {
            in.transferTo(compressed);
        }
    }
}
