import {html} from 'lit';

const COLOURS = {
  STARTING: 'queued',
  STARTED: 'running',
  STOPPING: 'stopped',
  STOPPED: 'stopped',
  FAILED: 'failed',
  COMPLETED: 'completed',
  ABANDONED: 'skipped',
};

/** JBeret's own word for an execution, a step or a partition. */
export const batchStatus = status => html`<span class="state ${COLOURS[status] ?? 'none'}">${status ?? 'unknown'}</span>`;
