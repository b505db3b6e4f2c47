/** Decompressed copies of arrays, so that what is stored in large compressed blocks is decompressed once and not once a slab. */
package io.kiln.volume.spool;
