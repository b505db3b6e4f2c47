package io.kiln.pipeline;

/**
 * How long a device that goes on by itself was busy with slabs, in seconds. It does the three at once, for different slabs.
 *
 * @param upload copying input to it
 * @param compute computing there
 * @param download copying output from it
 */
public record DeviceSeconds(double upload, double compute, double download) {
    public DeviceSeconds minus(DeviceSeconds earlier) {
        return new DeviceSeconds(upload - earlier.upload, compute - earlier.compute, download - earlier.download);
    }
}
