/** People who may sign in, in the files that WildFly's security realm reads. */
package io.kiln.security.user;
