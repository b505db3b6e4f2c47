package io.kiln.device.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernels in NVIDIA's Parallel Thread Execution language, which the driver translates for the GPU that it finds.
 *
 * @param name of the source file without its ending
 * @param text of the program
 */
public record Ptx(String name, String text) {
    private static final Pattern PARAMETER = Pattern.compile("\\.param\\s+\\.([a-z])(\\d+)\\s");

    /** Kiln's own, from src/main/cuda. */
    public static Ptx named(String name) {
        String resource = "/cuda/" + name + ".ptx";
        try (InputStream stream = Ptx.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no program " + resource);
            }
            return new Ptx(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** As the driver wants it: ending with a zero. */
    byte[] image() {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The type of each parameter of the kernel: {@code f32} and {@code f64}, and for whole numbers and pointers {@code u32} and {@code u64}. */
    List<String> parameterTypes(String kernel) {
        Matcher entry = Pattern.compile("\\.entry\\s+" + Pattern.quote(kernel) + "\\s*\\(([^)]*)\\)")
                .matcher(text);
        if (!entry.find()) {
            throw new IllegalArgumentException("program " + name + " has no kernel " + kernel);
        }
        return PARAMETER
                .matcher(entry.group(1))
                .results()
                .map(parameter -> (parameter.group(1).equals("f") ? "f" : "u") + parameter.group(2))
                .toList();
    }
}
