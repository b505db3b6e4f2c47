/** Tests of the whole product as an operator starts it: the launcher, the server's process, its database, killed and started again. */
package io.kiln.system;
