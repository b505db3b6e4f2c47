import {html, nothing} from 'lit';
import {post, remove} from '../core/api.js';
import {act} from '../core/notices.js';
import {go} from '../core/router.js';
import {mayChange} from '../core/session.js';
import {ask} from '../components/ask.js';

const STOPPABLE = ['QUEUED', 'RUNNING', 'PUBLISHING'];
const RESTARTABLE = ['FAILED', 'STOPPED'];

const named = run => `${run.pipeline} of ${run.itemName}`;

export const restart = run =>
  act(() => post(`/runs/${run.id}/restart`), `${named(run)} is queued again; it goes on from what is done.`);

const stop = run =>
  act(
    () => post(`/runs/${run.id}/stop`),
    run.state === 'QUEUED' ? `${named(run)} is stopped.` : `${named(run)} is asked to stop; it does so within a slab, and what is done is kept.`,
  );

async function forget(run) {
  const answer = await ask({
    title: 'Delete this run?',
    text: html`<p>Its record, log and work folder go. Its output at <span class="code">${run.output}</span> and its input stay.</p>`,
    action: 'Delete run',
    isDanger: true,
  });
  if (answer && (await act(async () => (await remove(`/runs/${run.id}`), true), `${named(run)} is deleted; its output stays.`))) {
    go(`/runs?batch=${run.batch}`);
  }
}

/** What may be done with a run of a batch in its state, by who is signed in. */
export function runActions(run, batch) {
  const isOver = !STOPPABLE.includes(run.state);
  return html`
    ${run.state === 'COMPLETED' ? html`<a class="button" href="/pictures?run=${run.id}">Pictures</a>` : nothing}
    ${mayChange(batch)
      ? html`
          ${RESTARTABLE.includes(run.state) ? html`<button class="primary" @click=${() => restart(run)}>Restart</button>` : nothing}
          ${isOver ? nothing : html`<button @click=${() => stop(run)}>Stop</button>`}
          ${isOver ? html`<button class="danger" @click=${() => forget(run)}>Delete run …</button>` : nothing}`
      : nothing}`;
}
