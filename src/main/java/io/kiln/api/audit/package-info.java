/** The audit over REST. */
package io.kiln.api.audit;
