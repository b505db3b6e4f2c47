/** How REST is described: what OpenAPI cannot read from the resources. */
package io.kiln.api.openapi;
