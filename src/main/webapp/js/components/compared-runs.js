import {html, nothing} from 'lit';
import {until} from 'lit/directives/until.js';
import {get} from '../core/api.js';
import {time} from '../core/format.js';
import {differences} from './try-centre.js';

const choices = new Map();

/** Runs of the same batch whose output can be put beside this one: those of the same item first. */
function others(run) {
  const key = run.id;
  if (!choices.has(key)) {
    choices.clear();
    choices.set(key, get(`/runs?batch=${run.batch}&state=COMPLETED&limit=100`).then(page =>
      page.items.filter(one => one.id !== run.id).sort((one, other) => (other.item === run.item) - (one.item === run.item))));
  }
  return choices.get(key);
}

/** Which run stands beside the first one, and in which parameters they differ. */
export function compared([side, other], choose) {
  const options = others(side.run).then(
    runs => html`<select aria-label="Run to compare with" @change=${event => choose(event.target.value)}>
        <option value="">${runs.length ? 'choose a run …' : 'this batch has no other completed run'}</option>
        ${runs.map(run => html`<option value=${run.id} ?selected=${run.id === other?.run.id}>${run.item === side.run.item ? 'same item, ' : ''}${run.pipeline}, ${time(run.endedAt)}</option>`)}
      </select>`,
    problem => html`<p class="problem">${problem.message}</p>`,
  );
  return html`<section class="panel"><h2>Side by side</h2>
    ${until(options, html`<span class="faint">reading the batch's runs …</span>`)}
    ${other ? html`<button class="plain" @click=${() => choose('')}>Only one</button>${table(side, other)}` : nothing}</section>`;
}

function table(side, other) {
  const rows = differences(side.run, other.run);
  return rows.length === 0
    ? html`<p class="faint">Both have the same parameters.</p>`
    : html`<table class="differences"><thead><tr><th>parameter</th><th>left</th><th>right</th></tr></thead>
        <tbody>${rows.map(([name, left, right]) => html`<tr><td>${name}</td><td>${left}</td><td>${right}</td></tr>`)}</tbody></table>`;
}
