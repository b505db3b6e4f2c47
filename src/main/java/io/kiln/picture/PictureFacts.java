package io.kiln.picture;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ElementType;
import io.kiln.volume.hdf5.DatasetFacts;
import io.kiln.volume.hdf5.Hdf5File;
import java.util.List;
import java.util.Optional;

/**
 * What can be looked at, and what its numbers mean.
 *
 * @param datasets of an HDF5 file, of which another one may be looked at
 * @param dataset that is looked at, of an HDF5 file
 * @param shape numbers of indices of the three axes
 * @param axes what an index of each of them counts
 * @param unit of the values; empty where the file does not tell
 * @param names of the files of a folder, in the order of the first axis
 * @param correctable true for the raw data of a scan that has flats and darks
 */
public record PictureFacts(
        List<DatasetFacts> datasets,
        Optional<String> dataset,
        ArrayShape shape,
        ElementType type,
        List<String> axes,
        Optional<String> unit,
        List<String> names,
        boolean correctable) {
    private static final int MOST_NAMES = 5000;

    static PictureFacts of(Picture picture) {
        List<String> names = picture.files().size() > MOST_NAMES
                ? List.of()
                : picture.files().stream()
                        .map(file -> file.getFileName().toString())
                        .toList();
        boolean isScan = isScan(picture);
        return new PictureFacts(
                picture.hdf5().map(Hdf5File::stacks).orElse(List.of()),
                picture.dataset(),
                picture.array().shape(),
                picture.array().type(),
                axes(picture, isScan),
                unit(picture).or(() -> isScan ? Optional.of("counts") : Optional.empty()),
                names,
                isScan && has(picture, "data_white") && has(picture, "data_dark"));
    }

    private static boolean isScan(Picture picture) {
        return picture.dataset().filter(name -> name.endsWith("/data")).isPresent() && has(picture, "theta");
    }

    private static boolean has(Picture picture, String sibling) {
        String dataset = picture.dataset().orElse("/");
        String name = dataset.substring(0, dataset.lastIndexOf('/') + 1) + sibling;
        return picture.hdf5().filter(file -> file.has(name)).isPresent();
    }

    private static List<String> axes(Picture picture, boolean isScan) {
        boolean isVolume = attribute(picture, "axes").filter("z:y:x"::equals).isPresent();
        return List.of(isScan ? "projection" : isVolume ? "slice" : "image", "row", "column");
    }

    private static Optional<String> unit(Picture picture) {
        return attribute(picture, "units").filter(unit -> !unit.isBlank());
    }

    private static Optional<String> attribute(Picture picture, String name) {
        return picture.hdf5().flatMap(file -> file.text(picture.dataset().orElseThrow(), name));
    }
}
