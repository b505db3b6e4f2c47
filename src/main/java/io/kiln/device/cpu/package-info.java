/** The processor cores as a device. */
package io.kiln.device.cpu;
