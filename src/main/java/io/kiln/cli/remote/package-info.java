/** Commands that ask a server by REST, also one on another machine. */
package io.kiln.cli.remote;
