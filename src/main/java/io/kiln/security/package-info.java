/** Who may do what: roles, sessions, the origin of requests, security headers. */
package io.kiln.security;
