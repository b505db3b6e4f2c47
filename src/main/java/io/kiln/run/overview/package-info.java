/** What a laboratory is at, in one answer: what its devices do, what waits and why, what ended today, and what waits for somebody. */
package io.kiln.run.overview;
