/**
 * NVIDIA's GPUs through the CUDA driver. Nothing of the library that calls it is seen outside: what there is are a device, its context, memory, streams,
 * events, programs and kernels. The driver is asked for nothing that needs more than itself; no CUDA toolkit is installed where Kiln runs.
 */
package io.kiln.device.cuda;
