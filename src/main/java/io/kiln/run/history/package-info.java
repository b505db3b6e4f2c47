/** What is kept of the attempts of runs, put together for people. */
package io.kiln.run.history;
