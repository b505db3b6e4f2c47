package io.kiln.server;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.root.DataRoot;
import io.kiln.root.DataRootService;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Logger;

/** Makes the folders of the settings data roots. */
@ApplicationScoped
public class ConfiguredRoots {
    private static final Logger LOG = Logger.getLogger(ConfiguredRoots.class.getName());

    private final Settings settings;
    private final DataRootService roots;

    /** For the container's proxy only. */
    protected ConfiguredRoots() {
        this(null, null);
    }

    @Inject
    public ConfiguredRoots(Settings settings, DataRootService roots) {
        this.settings = settings;
        this.roots = roots;
    }

    /** A folder of Kiln's own home is made; one elsewhere that is missing is reported: its file system may not be mounted yet. */
    void add() throws IOException {
        for (Path folder : settings.data()) {
            add(folder, DataRoot.Kind.DATA);
        }
        add(settings.results(), DataRoot.Kind.RESULTS);
        // why: earlier versions let roots overlap without doing so
        roots.settle();
    }

    private void add(Path folder, DataRoot.Kind kind) throws IOException {
        if (folder.startsWith(settings.home())) {
            Files.createDirectories(folder);
        }
        if (Files.isDirectory(folder)) {
            try {
                DataRoot root = roots.add(folder, kind, "settings");
                if (!root.path().equals(folder.toRealPath())) {
                    LOG.info(() -> folder + " is set as a data root and lies in " + root.path() + ", which is one");
                }
            } catch (InputRejectedException e) {
                LOG.warning(() -> folder + " is set as a data root and is none: " + e.getMessage());
            }
        } else {
            LOG.warning(() -> folder + " is set as a data root, but there is no such folder; mount it and restart, "
                    + "or add it as a root");
        }
    }
}
