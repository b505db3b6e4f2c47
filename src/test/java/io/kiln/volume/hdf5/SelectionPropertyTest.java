package io.kiln.volume.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.volume.ArraySource;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SelectionPropertyTest {
    private static final String[] LAYOUTS = {"whole", "chunks-odd", "chunks-odd-latest", "rows-full-width", "lzf"};

    @Property(tries = 200)
    void everySelectionOfEveryLayoutReadsTheElementsItNames(
            @ForAll @IntRange(max = 4) int layout,
            @ForAll @Size(min = 1, max = 12) Set<@IntRange(max = 11) Integer> projections,
            @ForAll @Size(min = 1, max = 7) Set<@IntRange(max = 6) Integer> rows,
            @ForAll @IntRange(max = 8) int oneColumn,
            @ForAll @IntRange(max = 8) int otherColumn)
            throws IOException {
        int from = Math.min(oneColumn, otherColumn);
        int to = Math.max(oneColumn, otherColumn) + 1;
        Selection selection = new Selection(ascending(projections), ascending(rows), from, to);
        try (Hdf5File file = Hdf5File.open(Fixture.file(LAYOUTS[layout]))) {
            ArraySource array = file.array("/exchange/data");
            float[] read = Hdf5FileTest.read(array, selection);
            int at = 0;
            for (int projection : ascending(projections)) {
                for (int row : ascending(rows)) {
                    for (int column = from; column < to; column++) {
                        assertThat(read[at++]).isEqualTo(Fixture.value(projection, row, column));
                    }
                }
            }
            assertThat(at).isEqualTo(read.length);
        }
    }

    private static int[] ascending(Set<Integer> indices) {
        return indices.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
