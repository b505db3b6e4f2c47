/** Looking at arrays in files, slice by slice, without loading them: slices along any axis, histograms, projections along a stack. */
package io.kiln.picture;
