import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, query} from '../core/api.js';
import {complain} from '../core/notices.js';
import {setQuery} from '../core/router.js';
import {duration, secondsBetween, time} from '../core/format.js';
import {progressBar} from '../components/progress.js';
import {stateBadge, stateLegend} from '../components/state.js';

const STATES = ['QUEUED', 'RUNNING', 'PUBLISHING', 'COMPLETED', 'FAILED', 'STOPPED', 'SKIPPED'];
const PAGE = 100;

/** The runs, newest first, a page at a time; the address holds filters and page. */
class RunList extends KilnElement {
  static properties = {query: {attribute: false}, page: {state: true}, batch: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.readSoon = soon(() => this.read(), 500);
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.page) {
      this.read();
    }
  }

  get filters() {
    return {state: this.query.get('state'), batch: this.query.get('batch'), after: this.query.get('after')};
  }

  willUpdate() {
    const asked = JSON.stringify(this.filters);
    if (asked !== this.asked) {
      this.asked = asked;
      this.read();
    }
  }

  async read() {
    const {asked, filters} = this;
    try {
      const page = await get(`/runs${query({...filters, limit: PAGE})}`);
      const batch = filters.batch ? await get(`/batches/${filters.batch}`) : null;
      if (asked === this.asked) {
        this.page = page;
        this.batch = batch;
      }
    } catch (problem) {
      complain(problem);
    }
  }

  heard(name, data) {
    const progressing = name === 'progress' && this.page?.items.find(run => run.id === data.run);
    if (progressing) {
      progressing.progress = data;
      this.requestUpdate();
    } else if (name === 'run' || name === 'resync') {
      this.readSoon();
    }
  }

  row(run) {
    const took = secondsBetween(run.startedAt, run.endedAt);
    return html`<tr>
      <td><a href="/runs/${run.id}">${run.itemName}</a></td>
      <td>${run.pipeline}</td>
      <td>${stateBadge(run.state)} ${run.stalled ? html`<span class="problem">stalled</span>` : nothing} ${run.incomplete ? html`<span class="problem">incomplete</span>` : nothing}</td>
      <td class="progress-cell">${run.state === 'RUNNING' ? progressBar(run.progress, `progress of ${run.itemName}`) : html`<span class="reason">${run.reason ?? ''}</span>`}</td>
      <td><a href="/batches/${run.batch}">${run.batchName}</a></td>
      <td>${run.devices.join(', ')}</td>
      <td>${run.queuedBy}</td>
      <td class="number">${time(run.queuedAt)}</td>
      <td class="number">${time(run.startedAt)}</td>
      <td class="number">${run.startedAt ? duration(took) : nothing}</td>
    </tr>`;
  }

  render() {
    const {state, batch, after} = this.filters;
    return html`
      <div class="head">
        <h1>Runs${this.batch ? html` of <a href="/batches/${this.batch.id}">${this.batch.name}</a>` : nothing}</h1>
        <label>State
          <select @change=${event => setQuery({state: event.target.value, after: ''})}>
            <option value="">all</option>
            ${STATES.map(one => html`<option value=${one} ?selected=${one === state}>${one.toLowerCase()}</option>`)}
          </select>
        </label>
        ${batch ? html`<button @click=${() => setQuery({batch: '', after: ''})}>Runs of all batches</button>` : nothing}
      </div>
      ${this.page ? this.table() : nothing}
      <div class="actions">
        ${after ? html`<button @click=${() => setQuery({after: ''})}>Newest</button>` : nothing}
        ${this.page?.next ? html`<button @click=${() => setQuery({after: this.page.next})}>Older</button>` : nothing}
      </div>
      ${stateLegend()}`;
  }

  table() {
    if (this.page.items.length === 0) {
      return html`<p class="empty">${this.asked === JSON.stringify({state: null, batch: null, after: null})
        ? html`No run was queued yet. Queue some from a <a href="/batches">batch</a>.`
        : 'No run is like that. Choose another state or batch.'}</p>`;
    }
    return html`<div class="scroll panel"><table class="run-list">
      <thead><tr>
        <th>Item</th><th>Pipeline</th><th>State</th><th>Progress or reason</th><th>Batch</th><th>Devices</th><th>Queued by</th>
        <th class="number">Queued</th><th class="number">Started</th><th class="number">Took</th>
      </tr></thead>
      <tbody>${this.page.items.map(run => this.row(run))}</tbody>
    </table></div>`;
  }
}

customElements.define('kiln-run-list', RunList);
