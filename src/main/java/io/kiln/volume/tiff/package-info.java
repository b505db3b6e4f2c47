/** Grey TIFF images, one slice a file. */
package io.kiln.volume.tiff;
