/** Who wants to be told what, and what was told. */
package io.kiln.api.notifications;
