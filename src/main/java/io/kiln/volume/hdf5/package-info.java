/** Reading three-dimensional arrays from HDF5 in slabs, and writing slices in place into one. */
package io.kiln.volume.hdf5;
