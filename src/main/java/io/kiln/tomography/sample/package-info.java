/** Synthetic scans whose reconstruction is known exactly, for demonstrations and tests. */
package io.kiln.tomography.sample;
