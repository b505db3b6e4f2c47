import {html, nothing} from 'lit';
import {KilnElement} from '../../core/element.js';
import {get, namesNothing} from '../../core/api.js';
import {EventsController, soon} from '../../core/events.js';
import {complain} from '../../core/notices.js';
import {setQuery} from '../../core/router.js';
import {mayChange} from '../../core/session.js';
import {stateLegend} from '../../components/state.js';
import {Parameters, differing} from './parameters.js';
import {Rows} from './rows.js';
import {Selection} from './selection.js';
import './head.js';
import './table.js';
import './toolbar.js';

const STANDARD_COLUMNS = 'rotationAxis';

/** One batch: its head, what can be done to its items, and their table. */
class BatchPage extends KilnElement {
  static properties = {batch: {type: String}, query: {attribute: false}, about: {state: true}, gone: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.selection = new Selection(() => this.requestUpdate());
    this.readBatchSoon = soon(() => this.readBatch(), 300);
  }

  willUpdate(changes) {
    if (changes.has('batch')) {
      this.about = undefined;
      this.gone = undefined;
      this.selection.set([]);
      this.rows = new Rows(this.batch, () => this.requestUpdate(), complain);
      this.readBatch();
      this.rows.read();
    }
    this.selection.keep(this.rows.byId);
  }

  async readBatch() {
    const {batch} = this;
    try {
      const [about, parameters] = await Promise.all([get(`/batches/${batch}`), this.parameters ?? Parameters.read()]);
      if (batch === this.batch) {
        this.parameters = parameters;
        this.about = about;
        document.title = `${about.name} · Kiln`;
      }
    } catch (problem) {
      if (namesNothing(problem)) {
        this.gone = problem.message;
      } else {
        complain(problem);
      }
    }
  }

  heard(name, data) {
    this.rows.heard(name, data);
    if (name === 'resync' || (data.batch === this.batch && (name === 'batch' || (name === 'run' && data.state === 'QUEUED')))) {
      this.readBatchSoon();
    } else if (name === 'status' && data.batch === this.batch && this.about) {
      const {batch: id, ...status} = data;
      this.about = {...this.about, status};
    }
  }

  /** The rows that search and filter leave, each with its place in the batch from 0. */
  shown() {
    const text = (this.query.get('find') ?? '').toLowerCase();
    const state = this.query.get('state');
    return this.rows.all
      .map((row, index) => ({row, index}))
      .filter(({row}) => (!state || (row.state ?? 'NONE') === state) && (!text || `${row.name}\n${row.comment}\n${row.input}`.toLowerCase().includes(text)));
  }

  columns() {
    const chosen = (this.query.get('columns') ?? STANDARD_COLUMNS).split(',').filter(Boolean);
    const different = this.query.has('differences') ? differing(this.rows.all, this.about.parameters) : [];
    return [...new Set([...chosen, ...different])];
  }

  render() {
    if (this.gone) {
      return html`<p class="empty">${this.gone}. <a href="/batches">All batches</a></p>`;
    }
    if (!this.about) {
      return nothing;
    }
    const shown = this.shown();
    return html`
      <kiln-batch-head .batch=${this.about} .parameters=${this.parameters} .changed=${about => (this.about = about)}></kiln-batch-head>
      <kiln-item-toolbar .page=${this} .shown=${shown} .selected=${this.selection.ids} .rows=${this.rows.all} .isWhole=${this.rows.isWhole} .query=${this.query}></kiln-item-toolbar>
      ${this.table(shown)}
      ${stateLegend()}`;
  }

  table(shown) {
    if (this.rows.isWhole && this.rows.all.length === 0) {
      return html`<p class="empty">This batch has no items yet. ${mayChange(this.about) ? 'Take them from a folder: Add.' : ''}</p>`;
    }
    if (this.rows.isWhole && shown.length === 0) {
      return html`<p class="empty">No item matches. <button class="plain" @click=${() => setQuery({find: '', state: ''})}>Show all</button></p>`;
    }
    return html`<kiln-item-table .page=${this} .shown=${shown} .columns=${this.columns()} .version=${{}}></kiln-item-table>`;
  }
}

customElements.define('kiln-batch-page', BatchPage);
