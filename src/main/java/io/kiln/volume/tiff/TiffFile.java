package io.kiln.volume.tiff;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ByteStore;
import io.kiln.volume.DamagedDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the images of one TIFF file are stored.
 *
 * @param pages how their rows can be read in place; empty where they have to be decoded
 * @param shape images, rows and columns
 */
record TiffFile(List<TiffPage> pages, ArrayShape shape) {
    private static final int MOST_PAGES = 1_000_000;
    /** ImageJ writes one directory for stacks beyond 4 GiB, and says in it how many images follow one another. */
    private static final Pattern IMAGEJ = Pattern.compile("^ImageJ=.*?\\nimages=(\\d{1,7})\\n.*", Pattern.DOTALL);

    static TiffFile of(ByteStore file, long bytes) throws IOException {
        TiffDirectory.Format format = TiffDirectory.Format.of(file);
        List<TiffPage> pages = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        TiffDirectory first = null;
        boolean isPlain = true;
        for (long at = format.first(); at != 0; ) {
            if (!seen.add(at) || seen.size() > MOST_PAGES) {
                throw new DamagedDataException(
                        "its directories lead round in a circle, or are more than " + MOST_PAGES);
            }
            TiffDirectory directory = TiffDirectory.read(file, format, at);
            first = first == null ? directory : first;
            Optional<TiffPage> page = TiffPage.of(directory);
            page.ifPresent(pages::add);
            isPlain &= page.isPresent();
            at = directory.next();
        }
        if (first == null) {
            throw new DamagedDataException("it holds no image");
        }
        List<TiffPage> all = isPlain ? imagej(first, pages, bytes) : List.of();
        int images = isPlain ? all.size() : seen.size();
        return new TiffFile(all, new ArrayShape(images, (int) first.number(257, 0), (int) first.number(256, 0)));
    }

    private static List<TiffPage> imagej(TiffDirectory first, List<TiffPage> pages, long bytes) {
        Matcher said = IMAGEJ.matcher(first.description());
        if (pages.size() != 1 || !said.matches() || !pages.get(0).isOneBlock()) {
            return pages;
        }
        TiffPage page = pages.get(0);
        int images = Integer.parseInt(said.group(1));
        if (page.strips()[0] + images * page.bytes() > bytes) {
            return pages;
        }
        List<TiffPage> all = new ArrayList<>();
        for (int image = 0; image < images; image++) {
            all.add(page.shifted(image * page.bytes()));
        }
        return all;
    }
}
