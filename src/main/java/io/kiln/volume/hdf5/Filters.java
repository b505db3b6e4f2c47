package io.kiln.volume.hdf5;

import io.jhdf.dataset.chunked.ChunkedDatasetBase;
import io.jhdf.filter.BitShuffleFilter;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.kiln.pipeline.InputRejectedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The filters that every chunk of a dataset went through when it was written, in that order. Ids: the HDF Group's list of registered filters. */
final class Filters {
    static final int DEFLATE = 1;
    static final int SHUFFLE = 2;
    static final int FLETCHER32 = 3;
    static final int LZF = 32000;
    static final int LZ4 = 32004;
    static final int BITSHUFFLE = 32008;

    private static final Map<Integer, String> NOT_READ = Map.of(
            4, "szip",
            5, "nbit",
            6, "scale-offset",
            307, "bzip2",
            32001, "blosc",
            32013, "zfp",
            32015, "zstd",
            32017, "sz",
            32026, "blosc2");

    private Filters() {}

    /** @throws InputRejectedException when a chunk cannot be read without a filter that is not there */
    static List<FilterInfo> of(ChunkedDatasetBase dataset, String name, Path file) {
        if (!dataset.getHeader().hasMessageOfType(FilterPipelineMessage.class)) {
            return List.of();
        }
        List<FilterInfo> filters = dataset.getHeader()
                .getMessageOfType(FilterPipelineMessage.class)
                .getFilters();
        for (FilterInfo filter : filters) {
            if (!isRead(filter)) {
                throw new InputRejectedException(name + " of " + file + " is compressed with " + title(filter)
                        + " (HDF5 filter " + filter.getId() + "), which Kiln cannot read; it reads gzip, lzf, lz4, "
                        + "bitshuffle, shuffle and fletcher32: repack the file, for example with h5repack -f GZIP=1");
            }
        }
        return filters;
    }

    private static boolean isRead(FilterInfo filter) {
        return switch (filter.getId()) {
            case DEFLATE, SHUFFLE, FLETCHER32, LZF, LZ4 -> true;
            case BITSHUFFLE -> compression(filter) != BitShuffleFilter.ZSTD_COMPRESSION;
            default -> false;
        };
    }

    private static int compression(FilterInfo bitshuffle) {
        return bitshuffle.getData().length > 4 ? bitshuffle.getData()[4] : BitShuffleFilter.NO_COMPRESSION;
    }

    private static String title(FilterInfo filter) {
        if (filter.getId() == BITSHUFFLE) {
            return "bitshuffle with zstd";
        }
        String known = NOT_READ.get(filter.getId());
        return known == null ? "'" + filter.getName() + "'" : known;
    }
}
