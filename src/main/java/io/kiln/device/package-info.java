/** What a slab is computed on. */
package io.kiln.device;
