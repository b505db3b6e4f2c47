/** Parameter sets: saved, shared, given to many items. */
package io.kiln.api.parameters;
