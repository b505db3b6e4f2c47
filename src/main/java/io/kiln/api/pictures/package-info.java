/** Pictures over REST. */
package io.kiln.api.pictures;
