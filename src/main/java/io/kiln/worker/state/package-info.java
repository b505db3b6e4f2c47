/** What a worker keeps of its run, so that the same command goes on where the last one ended, however it ended. */
package io.kiln.worker.state;
