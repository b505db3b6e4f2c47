/** From what the detector counted to line integrals: zingers, darks and flats, binning, dead pixels, the logarithm. */
package io.kiln.tomography.preprocessing;
