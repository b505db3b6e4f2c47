package io.kiln.tomography.cuda;

import io.kiln.pipeline.DeviceSeconds;

/** What a device does at once for different slabs of a lane. */
record DeviceStages(DeviceStage upload, DeviceStage compute, DeviceStage download) {
    DeviceStages() {
        this(new DeviceStage(), new DeviceStage(), new DeviceStage());
    }

    DeviceSeconds seconds() {
        return new DeviceSeconds(upload.seconds(), compute.seconds(), download.seconds());
    }
}
