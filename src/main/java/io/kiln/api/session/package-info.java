/** Who is signed in. */
package io.kiln.api.session;
