/** Health and metrics on the port of REST, for those who cannot reach the management port. */
package io.kiln.api.operating;
