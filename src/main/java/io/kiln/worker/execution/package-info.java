/** The batch runtime without a server: JBeret and Weld in one process, for one run. */
package io.kiln.worker.execution;
