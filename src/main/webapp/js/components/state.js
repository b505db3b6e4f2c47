import {html} from 'lit';

const WORDS = {
  QUEUED: 'queued',
  RUNNING: 'running',
  PUBLISHING: 'publishing',
  COMPLETED: 'completed',
  FAILED: 'failed',
  STOPPED: 'stopped',
  SKIPPED: 'skipped',
};

/** The word for a state, which is the name of its class, too; null is an item that was never queued. */
export const stateWord = state => WORDS[state] ?? 'none';

/** A run's state as colour and word; null is an item that was never queued. */
export const stateBadge = (state, title = '') =>
  html`<span class="state ${WORDS[state] ?? 'none'}" title=${title}>${WORDS[state] ?? 'not queued'}</span>`;

/** What the colours mean. */
export const stateLegend = () => html`
  <div class="legend" role="note" aria-label="Legend of states">
    ${[null, ...Object.keys(WORDS)].map(state => stateBadge(state))}
    <span>stopped: somebody asked for it · publishing: outputs move to their place · skipped: done already</span>
  </div>`;
