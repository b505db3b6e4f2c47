/** Batches and their items, the parameters that they carry, and what is queued from them. */
package io.kiln.batch;
