/** Errors as RFC 9457 problem details: what, with which value, and what to do. */
package io.kiln.api.problem;
