/** The console in a real browser. */
package io.kiln.console;
