/** Data roots: the folders that Kiln may read and write, and the places in them. */
package io.kiln.root;
