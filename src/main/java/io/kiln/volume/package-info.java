/** Arrays too large for memory: read in slabs, written slice by slice, looked at as pictures. */
package io.kiln.volume;
