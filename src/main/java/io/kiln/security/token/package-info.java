/** Tokens: what scripts sign in with, instead of a person's password. */
package io.kiln.security.token;
