/** What this server is made of, over REST. */
package io.kiln.api.about;
