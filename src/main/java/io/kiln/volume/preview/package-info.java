/** Pictures of the slices of a published output. */
package io.kiln.volume.preview;
