import {html, nothing} from 'lit';
import {post} from '../core/api.js';
import {act} from '../core/notices.js';
import {go} from '../core/router.js';
import {may, mayChange} from '../core/session.js';
import {ask} from '../components/ask.js';

const RUNNING = ['STARTING', 'STARTED'];
const RESTARTABLE = ['STOPPED', 'FAILED'];

/** `name = value`, a line each; what has no name is left out. */
function properties(text) {
  const found = {};
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0) {
      found[line.slice(0, equals).trim()] = line.slice(equals + 1).trim();
    }
  }
  return found;
}

export async function startJob(name) {
  const answer = await ask({
    title: `Start ${name}`,
    text: html`<label class="stacked">Job parameters, one a line: name = value <textarea name="properties" rows="6" cols="48" spellcheck="false"></textarea></label>`,
    action: 'Start',
  });
  if (answer) {
    const started = await act(
      () => post(`/jobs/${encodeURIComponent(name)}/start`, {properties: properties(answer.get('properties'))}),
      execution => `${name} is started as execution ${execution.id}.`,
    );
    if (started) {
      go(`/jobs/${started.id}`);
    }
  }
}

/** Whether one execution is of the same as another: of its job instance, or of its run. */
function goesOnWith(other, execution) {
  return other.instance === execution.instance || (execution.run && other.run === execution.run);
}

async function change(execution, verb, done, then) {
  if (await act(() => post(`/jobs/executions/${execution.id}/${verb}`), done)) {
    then();
  }
}

/**
 * What may be done with an execution, by who is signed in; a run's goes through the queue, is its batch's to change, and is not to be abandoned.
 *
 * @param others executions that are known besides: where a newer one goes on with the same, that one is to be restarted
 */
export function executionActions(execution, then, others = []) {
  const {id, batchStatus: status, run, batchCreatedBy: createdBy, batchShared: shared} = execution;
  if (!(run ? mayChange({createdBy, shared}) : may('operator'))) {
    return nothing;
  }
  const isOver = RESTARTABLE.includes(status) && !others.some(other => other.id > id && goesOnWith(other, execution));
  const what = run ? 'its run' : `execution ${id}`;
  return html`
    ${RUNNING.includes(status) ? html`<button @click=${() => change(execution, 'stop', `${what} is asked to stop.`, then)} aria-label="Stop execution ${id}">Stop</button>` : nothing}
    ${isOver
      ? html`<button @click=${() => change(execution, 'restart', run ? 'Its run is queued again; it goes on from what is done.' : answer => `Execution ${answer.id} goes on with it.`, then)} aria-label="Restart execution ${id}">Restart</button>`
      : nothing}
    ${isOver && !run ? html`<button @click=${() => change(execution, 'abandon', `${what} is abandoned: it is never restarted.`, then)} aria-label="Abandon execution ${id}">Abandon</button>` : nothing}`;
}
