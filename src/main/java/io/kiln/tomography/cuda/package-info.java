/** Tomography on NVIDIA's GPUs: launches the kernels of src/main/cuda, which say how things are computed, and keeps what they need in the device's memory. */
package io.kiln.tomography.cuda;
