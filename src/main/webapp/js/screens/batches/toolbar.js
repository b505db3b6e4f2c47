import {html, nothing} from 'lit';
import {KilnElement} from '../../core/element.js';
import {number} from '../../core/format.js';
import {setQuery} from '../../core/router.js';
import {mayChange} from '../../core/session.js';
import {MARKS} from '../../components/mark.js';
import {openMenu} from '../../components/menu.js';
import {addFromFolder, rescan} from './add.js';
import {exportCentres, importCentres} from './centres.js';
import {chooseColumns} from './columns.js';
import {MOVES, fulls, moveItems, restart, stop, tries} from './item-actions.js';
import {removeItems} from './removal.js';
import {queueRuns} from './runs.js';

const STATES = {NONE: 'not queued', QUEUED: 'queued', RUNNING: 'running', PUBLISHING: 'publishing', COMPLETED: 'completed', FAILED: 'failed', STOPPED: 'stopped', SKIPPED: 'skipped'};

/** Search, selection, and what is done to the selection, or to all where nothing is selected. */
class ItemToolbar extends KilnElement {
  static properties = {page: {attribute: false}, shown: {attribute: false}, selected: {attribute: false}, rows: {attribute: false}, isWhole: {attribute: false}, query: {attribute: false}};

  get isOurs() {
    return mayChange(this.page.about);
  }

  render() {
    return html`
      <div class="toolbar">
        <input type="search" placeholder="Search" aria-label="Search items" .value=${this.query.get('find') ?? ''} @input=${event => setQuery({find: event.target.value})}>
        <select aria-label="Show only this state" @change=${event => setQuery({state: event.target.value})}>
          <option value="">all states</option>
          ${Object.entries(STATES).map(([state, word]) => html`<option value=${state} ?selected=${this.query.get('state') === state}>${word}</option>`)}
        </select>
        <span class="faint count" aria-live="polite">${this.count()}</span>
        ${this.isOurs ? this.doing() : nothing}
        <span class="right">
          <label><input type="checkbox" .checked=${this.query.has('differences')} @change=${event => setQuery({differences: event.target.checked ? 'yes' : ''})}> Differences</label>
          <button @click=${() => chooseColumns(this.page)}>Columns…</button>
          <button aria-haspopup="menu" @click=${event => openMenu(event.currentTarget, this.centres())}>Centres ▾</button>
          ${this.isOurs
            ? html`
                <button @click=${() => rescan(this.page)} title="Look at the batch's folders again">Rescan</button>
                <button @click=${() => addFromFolder(this.page)}>Add…</button>`
            : nothing}
        </span>
      </div>`;
  }

  count() {
    const all = this.isWhole ? '' : ' so far';
    const shown = this.shown.length === this.rows.length ? `${number(this.rows.length)} items${all}` : `${number(this.shown.length)} of ${number(this.rows.length)} items${all}`;
    return this.selected.size ? `${shown}, ${number(this.selected.size)} selected` : shown;
  }

  doing() {
    const {page, selected} = this;
    const what = selected.size ? number(selected.size) : 'all';
    const one = selected.size === 1;
    const run = pipeline => queueRuns({batch: page.batch, pipeline: pipeline.name, items: this.items() ?? this.rows.map(row => row.id), isOne: one});
    return html`
      <button aria-haspopup="menu" @click=${event => openMenu(event.currentTarget, this.selections())}>Select ▾</button>
      ${tries(page).slice(0, 1).map(pipeline => html`<button ?disabled=${!this.isWhole} @click=${() => run(pipeline)}>Try ${what}</button>`)}
      ${fulls(page).slice(0, 1).map(pipeline => html`<button class="primary" ?disabled=${!this.isWhole} @click=${() => run(pipeline)}>Full ${what}</button>`)}
      <button aria-haspopup="menu" @click=${event => openMenu(event.currentTarget, this.more(run))}>More ▾</button>`;
  }

  /** The ids that an action is for; undefined for all. */
  items() {
    return this.selected.size ? this.rows.filter(row => this.selected.has(row.id)).map(row => row.id) : undefined;
  }

  more(run) {
    const {page, selected} = this;
    const what = selected.size ? `the ${number(selected.size)} selected` : 'all';
    return [
      ...[...tries(page), ...fulls(page)].map(pipeline => ({label: `Run ${pipeline.name} on ${what}…`, action: () => run(pipeline)})),
      null,
      {label: `Stop ${what}`, action: () => stop(page, this.items() ?? 'all')},
      {label: `Restart failed of ${what}`, action: () => restart(page, this.items() ?? 'all', ['FAILED'])},
      {label: `Restart failed and stopped of ${what}`, action: () => restart(page, this.items() ?? 'all')},
      null,
      ...Object.entries(MOVES).map(([to, {words, keys}]) => ({label: `Move ${what} ${words} (${keys})`, isDisabled: selected.size === 0, action: () => moveItems(page, this.items(), to)})),
      null,
      {label: `Remove ${what}…`, isDanger: true, isDisabled: this.rows.length === 0, action: () => removeItems(page.batch, this.items() ?? this.rows.map(row => row.id))},
    ];
  }

  selections() {
    const {selection} = this.page;
    const entry = (label, test) => {
      const ids = this.shown.filter(({row}) => test(row)).map(({row}) => row.id);
      return {label: `${label} (${number(ids.length)})`, isDisabled: ids.length === 0, action: () => selection.set(ids)};
    };
    return [
      entry('All that are shown', () => true),
      {label: 'None', action: () => selection.set([])},
      entry('The others', row => !selection.has(row.id)),
      null,
      ...Object.entries(STATES).map(([state, word]) => entry(`State: ${word}`, row => (row.state ?? 'NONE') === state)),
      null,
      ...outcomes('lastTry', 'try').map(([label, test]) => entry(label, test)),
      ...outcomes('lastFull', 'full').map(([label, test]) => entry(label, test)),
      null,
      ...Object.entries(MARKS).map(([mark, word]) => entry(`Mark: ${word}`, row => row.mark?.mark === mark)),
    ].filter(one => one === null || !one.isDisabled);
  }

  centres() {
    return [
      {label: 'Save as batch_cor_values.csv', action: () => exportCentres(this.page)},
      ...(this.isOurs ? [{label: 'Read from a CSV file…', action: () => importCentres(this.page)}] : []),
    ];
  }
}

const outcomes = (which, kind) => [
  [`Last ${kind}: completed`, row => row[which]?.state === 'COMPLETED'],
  [`Last ${kind}: failed`, row => row[which]?.state === 'FAILED'],
  [`Last ${kind}: stopped`, row => row[which]?.state === 'STOPPED'],
  [`No ${kind} yet`, row => !row[which]],
];

customElements.define('kiln-item-toolbar', ItemToolbar);
