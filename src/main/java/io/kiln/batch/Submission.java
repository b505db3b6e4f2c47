package io.kiln.batch;

import io.kiln.pipeline.Pipeline;

/**
 * What somebody has asked to have run, and of what.
 *
 * @param who asks
 */
record Submission(Pipeline pipeline, Batch batch, QueueRequest request, String who) {}
