/** Kiln over HTTP: REST resources, server-sent events, their documents and their description as OpenAPI. */
package io.kiln.api;
