/** The command line: one launcher for everything a person does on a machine with Kiln, from starting the server to asking it for its runs. */
package io.kiln.cli;
