/** The commands of those who operate a Kiln on this machine. */
package io.kiln.cli.operate;
