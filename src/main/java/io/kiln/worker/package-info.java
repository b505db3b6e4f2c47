/** Runs one pipeline on one input without a server, from the command line: what a GPU host or a scheduler's node needs of Kiln. */
package io.kiln.worker;
