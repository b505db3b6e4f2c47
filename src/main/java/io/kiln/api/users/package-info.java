/** Who may sign in. */
package io.kiln.api.users;
