/** Tokens for scripts. */
package io.kiln.api.tokens;
