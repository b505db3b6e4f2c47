package io.kiln.api.folders;

import io.kiln.root.DataRoot;
import io.kiln.root.FolderEntry;
import io.kiln.root.FolderPage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A page of what is in a folder: folders first, each in natural order.
 *
 * @param path absolute, links resolved; null above the data roots
 * @param parent the folder that it is in; null where that is in no data root
 * @param files how many files of the folder match, on all pages
 * @param next what to ask the next page with, null on the last one
 */
public record FolderBody(String path, String parent, int files, List<Entry> items, String next) {
    /** What an entry is. */
    public enum Kind {
        FOLDER,
        FILE
    }

    /**
     * @param path absolute, links resolved
     * @param bytes null for a folder
     * @param modified null for a data root
     */
    public record Entry(String name, String path, Kind kind, Long bytes, Instant modified) {
        static Entry of(FolderEntry entry) {
            return new Entry(
                    entry.name(),
                    entry.path().toString(),
                    entry.isFolder() ? Kind.FOLDER : Kind.FILE,
                    entry.isFolder() ? null : entry.bytes(),
                    entry.modified());
        }
    }

    static FolderBody of(FolderPage page) {
        return new FolderBody(
                page.folder().toString(),
                page.parent().map(Path::toString).orElse(null),
                page.files(),
                page.entries().stream().map(Entry::of).toList(),
                page.next());
    }

    static FolderBody ofRoots(List<DataRoot> roots) {
        return new FolderBody(
                null,
                null,
                0,
                roots.stream()
                        .map(root -> root.path().toString())
                        .map(path -> new Entry(path, path, Kind.FOLDER, null, null))
                        .toList(),
                null);
    }
}
