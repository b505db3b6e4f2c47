import {html} from 'lit';
import {post} from '../../core/api.js';
import {act} from '../../core/notices.js';
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

/** Where items go together, by the server's word: in words, and by which keys. */
export const MOVES = {
  top: {words: 'to the top', keys: 'Alt+Home', isUpwards: true},
  up: {words: 'up', keys: 'Alt+↑', isUpwards: true},
  down: {words: 'down', keys: 'Alt+↓', isUpwards: false},
  end: {words: 'to the end', keys: 'Alt+End', isUpwards: false},
};

/** Moves items of these ids together, and shows where they are now. */
export async function moveItems(page, items, to) {
  const moved = await act(
    () => post(`/batches/${page.batch}/selection/move`, {items, to}),
    answer => (answer.items ? `Moved ${counted(answer.items, 'item')} ${MOVES[to].words}.` : 'There is no place beyond.'),
  );
  if (moved?.items) {
    await page.rows.read();
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
    ...Object.entries(MOVES).map(([to, {words, keys, isUpwards}]) => ({label: `Move ${words} (${keys})`, isDisabled: index === (isUpwards ? 0 : last), action: () => moveItems(page, [row.id], to)})),
    null,
    {label: 'Remove…', isDanger: true, action: () => removeItems(page.batch, [row.id])},
  ];
}
