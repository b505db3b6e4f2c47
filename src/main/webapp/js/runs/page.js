import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, namesNothing} from '../core/api.js';
import {complain} from '../core/notices.js';
import {setQuery} from '../core/router.js';
import {progressBar} from '../components/progress.js';
import {stateBadge} from '../components/state.js';
import {time} from '../core/format.js';
import {runActions} from './actions.js';
import {attemptTable, changeTable} from './attempts.js';
import {cause} from './cause.js';
import {facts} from './facts.js';
import {runTimeline} from './timeline.js';
import './log.js';
import './outputs.js';
import './parameters.js';

const ACTIVE = ['QUEUED', 'RUNNING', 'PUBLISHING'];
const TABS = {log: 'Log', parameters: 'Parameters', outputs: 'Outputs', history: 'History'};

/** One run: what it is, how far, where and when its attempts ran, why one failed, its log, parameters and outputs. */
class RunPage extends KilnElement {
  static properties = {run: {attribute: false}, query: {attribute: false}, body: {state: true}, batch: {state: true}, timeline: {state: true}, missing: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.readSoon = soon(() => this.read());
    this.readTimelineSoon = soon(() => this.readTimeline(), 1000);
  }

  connectedCallback() {
    super.connectedCallback();
    this.clock = setInterval(() => this.isActive && this.requestUpdate(), 1000);
    if (this.body) {
      this.read();
    }
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    super.disconnectedCallback();
  }

  get isActive() {
    return ACTIVE.includes(this.body?.state);
  }

  willUpdate(changed) {
    if (changed.has('run')) {
      this.body = null;
      this.timeline = null;
      this.missing = null;
      this.read();
    }
  }

  async read() {
    const {run} = this;
    try {
      const [body, timeline] = await Promise.all([get(`/runs/${encodeURIComponent(run)}`), get(`/runs/${encodeURIComponent(run)}/timeline`)]);
      if (run === this.run) {
        this.body = body;
        this.timeline = timeline;
        await this.readBatch(body.batch);
      }
    } catch (problem) {
      this.fail(problem);
    }
  }

  /** Whose it is, and so who may do what to its runs. */
  async readBatch(id) {
    if (this.batch?.id !== id) {
      this.batch = await get(`/batches/${id}`);
    }
  }

  async readTimeline() {
    try {
      this.timeline = await get(`/runs/${this.run}/timeline`);
    } catch (problem) {
      this.fail(problem);
    }
  }

  fail(problem) {
    if (namesNothing(problem)) {
      this.missing = problem.message;
    } else {
      complain(problem);
    }
  }

  heard(name, data) {
    if (name === 'progress' && data.run === this.run && this.body) {
      this.body = {...this.body, progress: data};
      this.readTimelineSoon();
    } else if (name === 'resync' || (name === 'run' && data.run === this.run)) {
      this.readSoon();
    }
  }

  render() {
    const {body, timeline} = this;
    if (this.missing) {
      return html`<p class="empty">${this.missing}. A run that was may have been deleted. <a href="/runs">All runs</a></p>`;
    }
    if (!body || !timeline) {
      return nothing;
    }
    return html`
      <div class="head">
        <h1>${body.pipeline} of ${body.itemName}</h1>
        ${stateBadge(body.state)}
        ${body.stalled ? html`<span class="problem">stalled: no progress since ${time(body.stalledSince)}</span>` : nothing}
        ${body.incomplete ? html`<span class="problem">incomplete: some input could not be read</span>` : nothing}
        <span>in <a href="/batches/${body.batch}">${body.batchName}</a></span>
        <div class="actions">${this.batch ? runActions(body, this.batch) : nothing}</div>
      </div>
      ${cause(body, timeline)}
      ${body.progress ? html`<div class="run-progress">${progressBar(body.progress, 'progress of this run')}</div>` : nothing}
      ${runTimeline(body, timeline, this.query)}
      <div class="run-columns">
        <section class="panel run-main">
          ${this.tabs()}
          ${this.tab()}
        </section>
        ${facts(body)}
      </div>`;
  }

  get tabName() {
    return TABS[this.query.get('tab')] ? this.query.get('tab') : 'log';
  }

  tabs() {
    return html`<div class="tabs" role="tablist" aria-label="More of this run">
      ${Object.entries(TABS).map(
        ([name, title]) => html`<button role="tab" id="tab-${name}" aria-selected=${name === this.tabName} aria-controls="tab-panel"
          @click=${() => setQuery({tab: name === 'log' ? '' : name})}>${title}</button>`,
      )}
    </div>`;
  }

  tab() {
    const {body, timeline, tabName} = this;
    const content = {
      log: () => html`<kiln-run-log .run=${this.run} .live=${this.isActive}></kiln-run-log>`,
      parameters: () => html`<kiln-run-parameters .body=${body}></kiln-run-parameters>`,
      outputs: () => html`<kiln-run-outputs .body=${body}></kiln-run-outputs>`,
      history: () => html`${attemptTable(timeline)} ${changeTable(timeline)}`,
    }[tabName]();
    return html`<div id="tab-panel" role="tabpanel" aria-labelledby="tab-${tabName}">${content}</div>`;
  }
}

customElements.define('kiln-run', RunPage);
