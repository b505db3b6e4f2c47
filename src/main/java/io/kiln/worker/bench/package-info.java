/** Measures what a machine makes of the pipelines: its devices alone, and whole runs with files. */
package io.kiln.worker.bench;
