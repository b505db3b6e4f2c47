/** The pipelines that can be run. */
package io.kiln.api.pipelines;
