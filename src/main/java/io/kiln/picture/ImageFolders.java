package io.kiln.picture;

import io.kiln.volume.preview.ImageFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The images of folders, remembered while the folders stay the same: listing and ordering thousands of names takes longer than reading a slice. */
@ApplicationScoped
public class ImageFolders {
    private static final int REMEMBERED = 32;
    /** The clock of a file system may tick too seldom to tell changes apart that are nearer to one another. */
    private static final Duration TICK = Duration.ofSeconds(2);

    private final Map<Path, Listing> listings = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Listing> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Listing(Object folder, Instant changed, List<Path> files) {
        boolean isOf(BasicFileAttributes now) {
            return Objects.equals(folder, now.fileKey())
                    && changed.equals(now.lastModifiedTime().toInstant());
        }
    }

    /** @throws java.nio.file.NoSuchFileException when the folder has no images */
    List<Path> slices(Path folder) throws IOException {
        BasicFileAttributes now = Files.readAttributes(folder, BasicFileAttributes.class);
        synchronized (listings) {
            Listing known = listings.get(folder);
            if (known != null && known.isOf(now)) {
                return known.files();
            }
        }
        List<Path> files = ImageFiles.slices(folder);
        Instant changed = now.lastModifiedTime().toInstant();
        if (changed.isBefore(Instant.now().minus(TICK))) {
            synchronized (listings) {
                listings.put(folder, new Listing(now.fileKey(), changed, files));
            }
        }
        return files;
    }
}
