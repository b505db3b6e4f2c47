import {html} from 'lit';
import {patch, post} from '../../core/api.js';
import {act, complain} from '../../core/notices.js';
import {openMenu} from '../../components/menu.js';
import {removeItems} from './removal.js';
import {counted, queueRuns} from './runs.js';
import {isUnfinished} from './rows.js';

export const stopped = ({runs}) => (runs ? `Asked ${counted(runs, 'run')} to stop.` : 'There is nothing to stop.');
export const restarted = ({runs}) => (runs ? `Queued ${counted(runs, 'run')} again.` : 'There is nothing to restart.');

/** The pipelines of a page by what they are: quick looks, and the rest. */
export const tries = page => page.parameters.pipelines.filter(one => one.isTry);
export const fulls = page => page.parameters.pipelines.filter(one => !one.isTry);

export const start = (page, row, pipeline) => queueRuns({batch: page.batch, pipeline: pipeline.name, items: [row.id], isOne: true});
export const stop = (page, items) => act(() => post(`/batches/${page.batch}/selection/stop`, {items}), stopped);
export const restart = (page, items, states) => act(() => post(`/batches/${page.batch}/selection/restart`, {items, ...(states ? {states} : {})}), restarted);

const short = pipeline => pipeline.name.replace(/^tomo-/, '');

/** Moves the item to a place in the batch, from 0. */
async function move(page, row, position) {
  try {
    await patch(`/batches/${page.batch}/items/${row.id}`, {position}, row.version);
    await page.rows.read();
  } catch (problem) {
    complain(problem);
  }
}

/** What can be done to one item, at the end of its row. */
export function itemButtons(page, row, index) {
  return html`
    ${isUnfinished(row.state)
      ? html`<button class="small" @click=${() => stop(page, [row.id])} aria-label="Stop ${row.name}">Stop</button>`
      : html`
          ${tries(page).slice(0, 1).map(one => html`<button class="small" @click=${() => start(page, row, one)} aria-label="Run ${short(one)} on ${row.name}">Try</button>`)}
          ${fulls(page).slice(0, 1).map(one => html`<button class="small" @click=${() => start(page, row, one)} aria-label="Run ${short(one)} on ${row.name}">Full</button>`)}`}
    <button class="plain" aria-haspopup="menu" aria-label="More for ${row.name}" @click=${event => openMenu(event.currentTarget, entries(page, row, index))}>⋯</button>`;
}

function entries(page, row, index) {
  const last = page.rows.all.length - 1;
  const all = [...tries(page), ...fulls(page)];
  return [
    ...all.map(one => ({label: `Run ${one.name}`, action: () => start(page, row, one)})),
    ...all.map(one => ({label: `Run ${one.name} from here on…`, action: () => queueRuns({batch: page.batch, pipeline: one.name, items: page.rows.all.slice(index).map(({id}) => id)})})),
    null,
    {label: 'Stop', isDisabled: !isUnfinished(row.state), action: () => stop(page, [row.id])},
    {label: 'Restart', isDisabled: !['FAILED', 'STOPPED'].includes(row.state), action: () => restart(page, [row.id])},
    null,
    {label: 'Move up', isDisabled: index === 0, action: () => move(page, row, index - 1)},
    {label: 'Move down', isDisabled: index === last, action: () => move(page, row, index + 1)},
    {label: 'Move to the top', isDisabled: index === 0, action: () => move(page, row, 0)},
    {label: 'Move to the end', isDisabled: index === last, action: () => move(page, row, last)},
    null,
    {label: 'Remove…', isDanger: true, action: () => removeItems(page.batch, [row.id])},
  ];
}
