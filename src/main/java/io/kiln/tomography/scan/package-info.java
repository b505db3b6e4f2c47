/** A tomographic scan in the Data Exchange layout of HDF5, read in slabs of detector rows. */
package io.kiln.tomography.scan;
