/** The PostgreSQL that comes with Kiln: unpacked, initialised, started and stopped without an installation. */
package io.kiln.cli.postgresql;
