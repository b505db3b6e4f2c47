/** Speaks with a Kiln server over REST. */
package io.kiln.cli.client;
