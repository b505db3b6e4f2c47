package io.kiln.api.pictures;

import io.kiln.picture.PictureFacts;
import io.kiln.volume.hdf5.DatasetFacts;
import java.util.List;
import java.util.Locale;

/**
 * What can be looked at, as it is answered.
 *
 * @param path on the server, links resolved
 * @param version changes when the file changes; pictures that are asked for with it may be kept by the browser
 * @param datasets of an HDF5 file
 * @param dataset that is looked at
 * @param shape numbers of indices of the three axes
 * @param type of an element, such as uint16
 * @param axes what an index of each of them counts
 * @param unit of the values; null where it is not known
 * @param names of the files of a folder
 * @param correctable true for the raw data of a scan that has flats and darks
 */
public record PictureBody(
        String path,
        String version,
        List<DatasetFacts> datasets,
        String dataset,
        List<Integer> shape,
        String type,
        List<String> axes,
        String unit,
        List<String> names,
        boolean correctable) {
    static PictureBody of(String path, String version, PictureFacts facts, String unit) {
        return new PictureBody(
                path,
                version,
                facts.datasets(),
                facts.dataset().orElse(null),
                List.of(
                        facts.shape().first(),
                        facts.shape().second(),
                        facts.shape().third()),
                facts.type().name().toLowerCase(Locale.ROOT),
                facts.axes(),
                facts.unit().orElse(unit),
                facts.names(),
                facts.correctable());
    }
}
