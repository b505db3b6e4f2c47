/** What a kind of processing must say of itself so that Kiln can queue it, run it in slabs, resume it and publish its output. */
package io.kiln.pipeline;
