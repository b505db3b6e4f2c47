/** Arithmetic on arrays that knows nothing of imaging: Fourier transforms, in single precision and with the same bytes on every machine. */
package io.kiln.numeric;
