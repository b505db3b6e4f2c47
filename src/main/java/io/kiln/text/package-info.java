/** Texts that people give things, in every room. */
package io.kiln.text;
