package io.kiln.volume.spool;

import io.kiln.volume.ArraySource;
import io.kiln.volume.Durable;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a spool, in a text file beside its data: what it holds, then its damage, line by line.
 *
 * @param content says what was copied; another one means another spool
 */
record SpoolIndex(String content, List<Damage> damage) {
    static Path file(Path data) {
        return data.resolveSibling(data.getFileName() + ".index");
    }

    static String content(ArraySource source, Selection selection) {
        return source.type() + " " + source.order() + " " + selection.shape() + " of " + source.shape() + " "
                + Integer.toHexString(selection.hashCode());
    }

    /** Empty where there is none that is whole. */
    static Optional<SpoolIndex> read(Path data) throws IOException {
        if (!Files.exists(data) || !Files.exists(file(data))) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file(data));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new SpoolIndex(
                        lines.get(0), lines.stream().skip(1).map(Damage::parse).toList()));
    }

    /** Durable when this returns. */
    void write(Path data) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(content);
        damage.forEach(one -> lines.add(one.line()));
        Path aside = Spool.aside(file(data));
        Files.write(aside, lines);
        Durable.rename(aside, file(data));
    }
}
