/** Users changed at the command line: word of it for the audit. */
package io.kiln.cli.user;
