/** Slices from sinograms of a parallel beam, on the CPU: gridding ({@code fourierrec}) and filtered backprojection line by line ({@code linerec}). */
package io.kiln.tomography.reconstruction;
