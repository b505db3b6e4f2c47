/** The plain JSR-352 view of what executes. */
package io.kiln.api.jobs;
