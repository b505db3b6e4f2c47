/** Runs over REST, their outputs among them. */
package io.kiln.api.runs;
