package io.kiln.batch;

import io.kiln.pipeline.OutputName;
import io.kiln.root.Location;

/** A place by the folder and name of an output that it may hold. */
record NamedPlace(Location folder, OutputName name) {
    Location place() {
        return folder.resolve(name.path());
    }
}
