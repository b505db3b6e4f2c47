package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;

/** Makes four images of filtered spectra. Its memory on the device serves one quad after the other, so streams must take turns. */
interface QuadReconstructor {
    /**
     * Puts the work into a stream.
     *
     * @param spectra of two pairs of images, with the axis of rotation at the origin
     * @param images takes width × width floats an image, from {@code offset} bytes on
     * @param count how many images there are, 1 to 4
     */
    void reconstruct(CudaStream stream, DeviceMemory spectra, DeviceMemory images, long offset, int count);
}
