package io.kiln.batch;

import io.kiln.job.OutputMetadata;
import io.kiln.pipeline.OutputName;
import io.kiln.root.DataRootService;
import io.kiln.root.Location;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognises what tomocupy has left for an input: folders of TIFF files that no run of Kiln says are its own. */
@ApplicationScoped
class ForeignOutputs {
    private static final String FULL_IMAGES = "recon_*.{tif,tiff}";
    private static final String TRY_IMAGES = "*.{tif,tiff}";

    private final DataRootService roots;

    /** For the container's proxy only. */
    protected ForeignOutputs() {
        this(null);
    }

    @Inject
    ForeignOutputs(DataRootService roots) {
        this.roots = roots;
    }

    /** What lies beside the input: {@code <folder>_rec/<stem>_rec} and {@code <folder>_rec/try_center/<stem>}. */
    List<FoundOutput> of(Location input) {
        Location folder = OutputPlaces.beside(input);
        String stem = Item.stem(input.path());
        List<FoundOutput> found = new ArrayList<>();
        look(folder, stem + "_rec", false, FULL_IMAGES).ifPresent(found::add);
        look(folder, "try_center/" + stem, true, TRY_IMAGES).ifPresent(found::add);
        return found;
    }

    private Optional<FoundOutput> look(Location folder, String name, boolean isTry, String images) {
        Path output = roots.path(folder.resolve(name));
        if (!Files.isDirectory(output)) {
            return Optional.empty();
        }
        try {
            OutputName asKilns = new OutputName(name, OutputName.Form.FOLDER);
            int files = OutputMetadata.run(roots.path(folder), asKilns).isPresent() ? 0 : count(output, images);
            return files == 0
                    ? Optional.empty()
                    : Optional.of(new FoundOutput(
                            isTry,
                            folder.resolve(name),
                            files,
                            Files.getLastModifiedTime(output).toInstant()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at '" + output + "': " + e.getMessage(), e);
        }
    }

    private static int count(Path folder, String pattern) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            for (Path ignored : files) {
                count++;
            }
        }
        return count;
    }
}
