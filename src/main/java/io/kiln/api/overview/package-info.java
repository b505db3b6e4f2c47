/** What a laboratory is at, over REST. */
package io.kiln.api.overview;
