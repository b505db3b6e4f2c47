import {html, nothing} from 'lit';
import {number} from '../core/format.js';

const newest = timeline => timeline.attempts.at(-1);

function doneOf(run) {
  return run.progress ? html` ${number(run.progress.done)} of ${number(run.progress.total)} ${run.progress.unit}s are done and kept.` : nothing;
}

/** Why the run is in its state, and where it failed what to do. */
export function cause(run, timeline) {
  const failure = newest(timeline)?.failure;
  if (run.state === 'FAILED') {
    return html`<section class="panel cause failed" aria-label="Why it failed">
      <h2>Why it failed</h2>
      <p class="message">${run.reason}</p>
      <p><b>What to do:</b> ${failure?.advice ?? 'Look at the log below, mend what it names, then restart the run.'}${doneOf(run)}</p>
    </section>`;
  }
  if (run.state === 'QUEUED') {
    return html`<section class="panel cause" aria-label="Why it waits">
      <b>${run.reason}</b>${run.attempt > 0 ? doneOf(run) : nothing}
      ${failure && failure.message !== run.reason ? html`<p>Its last attempt failed: ${failure.message}</p>` : nothing}
      ${failure ? html`<p><b>What to do:</b> ${failure.advice}</p>` : nothing}
    </section>`;
  }
  return run.reason ? html`<p class="panel cause">${run.reason}${run.state === 'STOPPED' ? doneOf(run) : nothing}</p>` : nothing;
}
