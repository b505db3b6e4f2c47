package io.kiln.pipeline;

/**
 * Where a run's output goes below its output folder. A folder output holds its images, {@code recon.json} and {@code preview.png}; a file output has
 * its metadata and preview beside it, named by its stem: {@code scan_rec.h5}, {@code scan_rec.json}, {@code scan_rec.png}.
 *
 * @param path relative, with forward slashes, for example {@code scan_rec}, {@code try_center/scan}, {@code scan_rec.h5}
 */
public record OutputName(String path, Form form) {
    /** The metadata's path, relative like {@link #path}. Its JSON holds {@link Completion#run} under the key {@code run}. */
    public String metadataPath() {
        return form == Form.FOLDER ? path + "/recon.json" : stem() + ".json";
    }

    /** The preview picture's path, relative like {@link #path}. */
    public String previewPath() {
        return form == Form.FOLDER ? path + "/preview.png" : stem() + ".png";
    }

    private String stem() {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    /** Whether the output is one folder or one file. */
    public enum Form {
        FOLDER,
        FILE
    }
}
