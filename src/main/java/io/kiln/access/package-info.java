/** Who asks for something, and what is whose. */
package io.kiln.access;
