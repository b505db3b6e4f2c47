/** The pages of the console: where they are, and what browsers may do with them. Their code is in {@code src/main/webapp}; they use REST alone. */
package io.kiln.console;
