/** Data roots over REST. */
package io.kiln.api.roots;
