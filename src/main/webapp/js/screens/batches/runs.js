import {html} from 'lit';
import {post} from '../../core/api.js';
import {act, complain} from '../../core/notices.js';
import {number} from '../../core/format.js';
import {ask} from '../../components/ask.js';

export const counted = (count, what) => `${number(count)} ${what}${count === 1 ? '' : 's'}`;

/**
 * Queues runs. One item's is queued at once; of more the plan is shown first: how many, and what is left out and why.
 *
 * @param {{batch: string, pipeline: string, items: string[], isOne: boolean}} wanted ids of the items, in the order of the batch
 */
export async function queueRuns({batch, pipeline, items, isOne}) {
  const order = {pipeline};
  if (isOne) {
    await act(() => post(`/batches/${batch}/runs`, {...order, items}), done);
    return;
  }
  const plan = await planned(batch, order, items, false);
  const form = plan && (await show(plan, batch, order, items));
  if (form) {
    const wanted = queued(plan.shown).map(run => run.item);
    if (wanted.length) {
      await act(() => post(`/batches/${batch}/runs`, {...order, ...options(form), items: wanted}), done);
    }
  }
}

/** What would be queued, as `shown`, which is replaced when the person asks for something else; null where that is refused. */
async function planned(batch, order, items, force) {
  try {
    return {shown: await post(`/batches/${batch}/runs`, {...order, force, dryRun: true, items})};
  } catch (problem) {
    complain(problem);
    return null;
  }
}

function show(plan, batch, order, items) {
  const {shown} = plan;
  return ask({
    title: `Queue ${order.pipeline}`,
    action: `Queue ${counted(queued(shown).length, 'run')}`,
    text: html`
      ${summary(shown)}
      <div class="fields">
        <label class="field">Devices for each run
          <select name="devices">${['1', '2', '3', '4', '8', 'all'].map(value => html`<option value=${value}>${value === 'all' ? 'all of a node' : value}</option>`)}</select>
        </label>
        <label><input type="checkbox" name="urgent"> Urgent: before all others, and on their devices if need be</label>
        <label><input type="checkbox" name="force" @change=${event => replan(event, plan, batch, order, items)}> Repeat what is done already, and replace outputs that Kiln did not make</label>
      </div>`,
  });
}

/** The plan anew, with or without what is done already. */
async function replan(event, plan, batch, order, items) {
  const dialog = event.target.closest('dialog');
  const button = dialog.querySelector('button[value=yes]');
  button.disabled = true;
  const anew = await planned(batch, order, items, event.target.checked);
  Object.assign(plan, anew ?? {});
  const count = counted(queued(plan.shown).length, 'run');
  dialog.querySelector('[data-count]').textContent = count;
  dialog.querySelector('[data-left-out]').textContent = reasons(plan.shown).map(({reason, names}) => `${number(names.length)} left out: ${reason}`).join('\n');
  button.textContent = `Queue ${count}`;
  button.disabled = false;
}

const queued = shown => shown.items.filter(run => run.state === 'QUEUED');

const options = form => ({
  devices: form.get('devices') === 'all' ? 'all' : Number(form.get('devices')),
  ...(form.get('urgent') ? {priority: 'urgent'} : {}),
  force: form.get('force') !== null,
});

/** Items without a run, by why: run ids in the reasons differ, what they say does not. */
function reasons(shown) {
  const grouped = new Map();
  const leave = (name, reason) => {
    const key = reason.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/(?<=: |\s)\/\S+/g, '…');
    grouped.set(key, [...(grouped.get(key) ?? []), name]);
  };
  shown.leftOut.forEach(one => leave(one.itemName, one.reason));
  shown.items.filter(run => run.state === 'SKIPPED').forEach(run => leave(run.itemName, run.reason));
  return [...grouped].map(([reason, names]) => ({reason, names}));
}

function summary(shown) {
  const left = reasons(shown);
  return html`
    <div data-plan>
      <p><strong data-count>${counted(queued(shown).length, 'run')}</strong> will be queued.</p>
      <div class="left-out" data-left-out>${left.map(
        ({reason, names}) => html`<p>${number(names.length)} left out: ${reason} <span class="faint">(${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})</span></p>`,
      )}</div>
    </div>`;
}

function done(answer) {
  const count = queued(answer).length;
  const left = reasons(answer);
  const rest = left.map(({reason, names}) => ` ${number(names.length)} left out: ${reason}.`).join('');
  return (count || !left.length ? `Queued ${counted(count, 'run')}.` : 'Nothing was queued.') + rest;
}
