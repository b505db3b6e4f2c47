/** A Kiln's database and settings in one file, and back. */
package io.kiln.cli.backup;
