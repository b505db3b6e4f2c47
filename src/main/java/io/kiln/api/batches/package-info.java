/** Batches and their items over REST. */
package io.kiln.api.batches;
