import {html, nothing} from 'lit';
import {KilnElement} from '../../core/element.js';
import {get, pages, post, remove} from '../../core/api.js';
import {EventsController, soon} from '../../core/events.js';
import {number, time} from '../../core/format.js';
import {go, setQuery} from '../../core/router.js';
import {may, mayChange} from '../../core/session.js';
import {act, complain, say} from '../../core/notices.js';
import {ask} from '../../components/ask.js';
import {NO_BATCH, batchOf} from '../../components/new-batch.js';

const COLUMNS = [
  {name: 'name', title: 'Name', value: batch => batch.name.toLowerCase()},
  {name: 'items', title: 'Items', isNumber: true, value: batch => batch.status.items},
  {name: 'status', title: 'Status', value: batch => batch.status.sentence},
  {name: 'failed', title: 'Failed', isNumber: true, value: batch => batch.status.failed},
  {name: 'submissions', title: 'Submitted', isNumber: true, value: batch => batch.submissions},
  {name: 'last', title: 'Last submission', value: batch => batch.lastSubmittedAt ?? ''},
  {name: 'created', title: 'Created', value: batch => batch.createdAt},
];

/** Every batch, sortable, with what became of it. */
class BatchList extends KilnElement {
  static properties = {query: {attribute: false}, batches: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.readSoon = soon(() => this.read(), 500);
  }

  connectedCallback() {
    super.connectedCallback();
    this.read();
  }

  async read() {
    try {
      const all = [];
      for await (const page of pages('/batches', 200)) {
        all.push(...page);
        this.batches ??= [...all];
      }
      this.batches = all;
    } catch (problem) {
      complain(problem);
    }
  }

  heard(name, data) {
    if (name === 'batch' || name === 'item' || name === 'resync') {
      this.readSoon();
    } else if (name === 'status' && this.batches) {
      const {batch, ...status} = data;
      this.batches = this.batches.map(one => (one.id === batch ? {...one, status} : one));
    } else if (name === 'run' && data.state === 'QUEUED') {
      this.readSoon();
    }
  }

  shown() {
    const text = (this.query.get('find') ?? '').toLowerCase();
    const [by, direction] = (this.query.get('sort') ?? 'created.down').split('.');
    const {value} = COLUMNS.find(column => column.name === by) ?? COLUMNS.at(-1);
    const sign = direction === 'down' ? -1 : 1;
    return this.batches
      .filter(batch => !text || [batch.name, batch.createdBy, batch.lastSubmittedBy, batch.pipeline].some(field => field?.toLowerCase().includes(text)))
      .sort((a, b) => sign * (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0));
  }

  async makeBatch() {
    let wanted = NO_BATCH;
    try {
      const {items: pipelines} = await get('/pipelines');
      const isSure = await ask({
        title: 'New batch',
        action: 'Make the batch',
        text: html`<kiln-new-batch class="fields" .pipelines=${pipelines} @kiln-new-batch=${event => (wanted = event.detail)}></kiln-new-batch>`,
      });
      if (isSure) {
        const batch = await post('/batches', batchOf(wanted));
        say(`Made the batch "${batch.name}" with ${number(batch.status.items)} items.`);
        go(`/batches/${batch.id}`);
      }
    } catch (problem) {
      complain(problem);
    }
  }

  async removeBatch(batch) {
    const isSure = await ask({
      title: `Delete the batch "${batch.name}"?`,
      text: html`<p>Its ${number(batch.status.items)} items and their runs are forgotten. No file goes: inputs and outputs stay on disk. To delete those, too, open the batch first.</p>`,
      action: 'Delete',
      isDanger: true,
    });
    if (isSure) {
      await act(() => remove(`/batches/${batch.id}`), `Deleted the batch "${batch.name}".`);
      await this.read();
    }
  }

  render() {
    return html`
      <div class="head">
        <h1>Batches</h1>
        <input type="search" placeholder="Search" aria-label="Search batches" .value=${this.query.get('find') ?? ''} @input=${event => setQuery({find: event.target.value})}>
        <span class="actions">${may('operator') ? html`<button class="primary" @click=${this.makeBatch}>New batch…</button>` : nothing}</span>
      </div>
      ${this.batches === undefined ? nothing : this.batches.length ? this.table() : html`<p class="empty">There is no batch yet. ${may('operator') ? 'Make one of the scans in a folder: New batch.' : 'Somebody with the role operator makes one.'}</p>`}`;
  }

  table() {
    const shown = this.shown();
    return html`
      <div class="scroll panel">
        <table>
          <caption class="visually-hidden">Batches</caption>
          <thead><tr>${COLUMNS.map(column => this.heading(column))}<td></td></tr></thead>
          <tbody>${shown.map(batch => this.row(batch))}</tbody>
        </table>
        ${shown.length ? nothing : html`<p class="empty">No batch matches. <button class="plain" @click=${() => setQuery({find: ''})}>Show all</button></p>`}
      </div>`;
  }

  heading({name, title, isNumber}) {
    const [by, direction] = (this.query.get('sort') ?? 'created.down').split('.');
    const isBy = by === name;
    const next = isBy && direction === 'up' ? 'down' : isBy ? 'up' : isNumber ? 'down' : 'up';
    return html`
      <th class=${isNumber ? 'number' : ''} scope="col" aria-sort=${isBy ? (direction === 'down' ? 'descending' : 'ascending') : nothing}>
        <button @click=${() => setQuery({sort: `${name}.${next}`})}>${title}${isBy ? (direction === 'down' ? ' ▾' : ' ▴') : ''}</button>
      </th>`;
  }

  row(batch) {
    const {status} = batch;
    return html`
      <tr>
        <td><a href="/batches/${batch.id}">${batch.name}</a>${batch.pipeline ? html` <span class="faint">${batch.pipeline}</span>` : nothing}</td>
        <td class="number">${number(status.items)}</td>
        <td>${status.sentence}</td>
        <td class="number">${status.failed ? html`<span class="state failed">${number(status.failed)} failed</span>` : '0'}</td>
        <td class="number">${batch.submissions === 1 ? 'once' : `${number(batch.submissions)} times`}</td>
        <td>${batch.lastSubmittedAt ? html`${time(batch.lastSubmittedAt)} <span class="faint">by ${batch.lastSubmittedBy}</span>` : html`<span class="faint">never</span>`}</td>
        <td>${time(batch.createdAt)} <span class="faint">by ${batch.createdBy}</span></td>
        <td class="number">${mayChange(batch) ? html`<button class="plain" @click=${() => this.removeBatch(batch)} aria-label="Delete ${batch.name}" title="Delete">✕</button>` : nothing}</td>
      </tr>`;
  }
}

customElements.define('kiln-batch-list', BatchList);
