import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, pages, post} from '../core/api.js';
import {complain, say} from '../core/notices.js';
import {go, setQuery} from '../core/router.js';
import {number} from '../core/format.js';
import {mayChange} from '../core/session.js';
import {NO_OPTIONS, launchOptions, orderOf} from '../components/launch-options.js';
import {NO_BATCH, batchOf} from '../components/new-batch.js';
import {launchPlan} from '../components/launch-plan.js';
import {changedValues, choiceOf, chosenOf, givenOf, ownValues} from '../components/launch-items.js';
import '../components/schema-form.js';
import '../components/parameter-sets.js';

/** Starts runs: of a batch, of some of its items, or of a batch that it makes. The address holds batch, items or from, pipeline, and what was set. */
class Launch extends KilnElement {
  static properties = {
    path: {attribute: false},
    query: {attribute: false},
    pipelines: {state: true},
    batch: {state: true},
    batches: {state: true},
    items: {state: true},
    options: {state: true},
    wanted: {state: true},
    plan: {state: true},
    problems: {state: true},
    busy: {state: true},
  };

  constructor() {
    super();
    Object.assign(this, {pipelines: [], batch: null, batches: [], items: [], targets: [], options: NO_OPTIONS, wanted: NO_BATCH, plan: null, problems: [], busy: false});
    new EventsController(this);
    this.readSoon = soon(() => this.readBatch(), 500);
  }

  connectedCallback() {
    super.connectedCallback();
    this.readLists().catch(complain);
  }

  heard(name, data) {
    if (name === 'resync' || ((name === 'batch' || name === 'item') && data.batch === this.query.get('batch'))) {
      this.readSoon();
    }
  }

  willUpdate(changed) {
    if (changed.has('query')) {
      const before = changed.get('query');
      if (!before || before.get('batch') !== this.query.get('batch')) {
        this.readBatch();
      }
      if (before && before.toString() !== this.query.toString()) {
        this.plan = null;
        this.problems = [];
      }
    }
  }

  async readLists() {
    const [pipelines, targets, batches] = await Promise.all(['/pipelines', '/targets', '/batches?limit=100'].map(get));
    Object.assign(this, {targets: targets.items, batches: batches.items, pipelines: pipelines.items});
  }

  async readBatch() {
    const id = this.query.get('batch');
    if (!id) {
      Object.assign(this, {batch: null, items: []});
      return;
    }
    try {
      this.batch = await get(`/batches/${id}`);
      const items = [];
      for await (const page of pages(`/batches/${id}/items`)) {
        items.push(...page);
      }
      this.items = items;
    } catch (problem) {
      Object.assign(this, {batch: null, items: []});
      complain(problem);
    }
  }

  get pipeline() {
    const name = this.query.get('pipeline') ?? this.batch?.pipeline;
    return this.pipelines.find(one => one.name === name) ?? this.pipelines[0];
  }

  get given() {
    return givenOf(this.query);
  }

  get choice() {
    return choiceOf(this.query);
  }

  get chosen() {
    return chosenOf(this.items, this.choice);
  }

  give(given) {
    setQuery({parameters: Object.keys(given).length ? JSON.stringify(given) : ''});
  }

  useSet(parameters) {
    const known = Object.entries(parameters).filter(([name]) => name in this.pipeline.parameters.properties);
    this.give({...this.given, ...Object.fromEntries(known)});
    say(`Filled in from the set: ${known.map(([name]) => name).join(', ') || 'nothing'}.`);
  }

  refused(problem) {
    this.problems = problem.document?.problems ?? [];
    complain(problem);
  }

  order(isDryRun) {
    return {pipeline: this.pipeline.name, parameters: this.given, ...this.choice, ...orderOf(this.options), dryRun: isDryRun};
  }

  async ask(action) {
    Object.assign(this, {busy: true, problems: []});
    try {
      return await action();
    } catch (problem) {
      this.refused(problem);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  async look() {
    this.plan = await this.ask(() => post(`/batches/${this.batch.id}/runs`, this.order(true)));
    await this.updateComplete;
    this.querySelector('.launch-plan')?.scrollIntoView();
  }

  async start() {
    const plan = await this.ask(() => post(`/batches/${this.batch.id}/runs`, this.order(false)));
    if (plan) {
      const queued = plan.items.filter(run => run.state === 'QUEUED').length;
      const others = plan.items.length - queued + plan.leftOut.length;
      say(`${number(queued)} runs are queued${others ? `, ${number(others)} items were left out` : ''}.`);
      go(`/batches/${this.batch.id}`);
    }
  }

  async make() {
    const content = {...batchOf(this.wanted), pipeline: this.pipeline.name, parameters: this.given};
    const batch = await this.ask(() => post('/batches', content));
    if (batch) {
      say(`Made the batch "${batch.name}" of ${number(batch.status.items)} items. This is what a start would do.`);
      setQuery({batch: batch.id, parameters: ''});
      this.batch = batch;
      await this.look();
    }
  }

  render() {
    if (!this.pipeline) {
      return nothing;
    }
    return html`
      <div class="head">
        <h1>Launch</h1>
        ${this.batch ? html`<a href="/batches/${this.batch.id}">${this.batch.name}</a>` : html`<span class="faint">a new batch</span>`}
      </div>
      <div class="launch">
        <div class="launch-form">
          ${this.plan ? launchPlan(this.plan) : nothing}
          ${this.parameters()}
        </div>
        <aside class="panel launch-side" aria-label="What is started, and how">${this.side()}</aside>
      </div>`;
  }

  parameters() {
    return html`
      <kiln-parameter-sets .pipeline=${this.pipeline.name} .values=${changedValues(this.pipeline.parameters, this.batch?.parameters ?? {}, this.given)} .batch=${this.batch?.id ?? ''} .choice=${this.choice}
        @kiln-use-set=${event => this.useSet(event.detail.parameters)} @kiln-items-changed=${() => this.readBatch()}></kiln-parameter-sets>
      ${this.problems.filter(problem => !problem.parameter).map(problem => html`<p class="problem" role="alert">${problem.message}</p>`)}
      <kiln-schema-form .schema=${this.pipeline.parameters} .inherited=${this.batch?.parameters ?? {}} .own=${ownValues(this.chosen)} .given=${this.given} .problems=${this.problems}
        @kiln-parameters=${event => this.give(event.detail.given)}></kiln-schema-form>`;
  }

  side() {
    return html`
      <div class="launch-actions">${this.actions()}</div>
      <h2>What</h2>
      <label class="launch-line">Pipeline
        <select @change=${event => setQuery({pipeline: event.target.value})}>
          ${this.pipelines.map(one => html`<option .selected=${one === this.pipeline}>${one.name}</option>`)}
        </select>
      </label>
      <p class="faint">${this.pipeline.description}</p>
      ${this.of()}
      ${this.batch
        ? html`<h2>How</h2>${launchOptions(this.options, this.targets, changes => (this.options = {...this.options, ...changes}))}`
        : nothing}
      <p class="faint">${this.consequence()}</p>`;
  }

  consequence() {
    const set = Object.keys(this.given).length;
    if (!this.batch) {
      return "The parameters set here become the batch's.";
    }
    return set
      ? `${set} ${set === 1 ? 'parameter is set here; it goes' : 'parameters are set here; they go'} over what batch and items have, for these runs alone.`
      : 'Batch and items say with which parameters.';
  }

  actions() {
    if (this.batch && !mayChange(this.batch)) {
      return html`<p class="problem">This batch is ${this.batch.createdBy}'s alone, to change and to run.</p>`;
    }
    return this.batch
      ? html`
          <button ?disabled=${this.busy} @click=${this.look}>Dry run</button>
          <button class="primary" ?disabled=${this.busy} @click=${this.start}>Start</button>`
      : html`<button class="primary" ?disabled=${this.busy || !this.wanted.name || !this.wanted.folder} @click=${this.make}>Make the batch and look what a start would do</button>`;
  }

  of() {
    const chosen = this.chosen.length;
    return html`
      <label class="launch-line">Batch
        <select @change=${event => setQuery({batch: event.target.value, items: '', from: ''})}>
          <option value="" .selected=${!this.batch}>a new batch</option>
          ${this.batch && !this.batches.some(one => one.id === this.batch.id) ? html`<option value=${this.batch.id} .selected=${true}>${this.batch.name}</option>` : nothing}
          ${this.batches.map(one => html`<option value=${one.id} .selected=${one.id === this.batch?.id}>${one.name}</option>`)}
        </select>
      </label>
      ${this.batch
        ? html`
            <p>${this.choice.items
              ? html`${number(chosen)} chosen ${chosen === 1 ? 'item' : 'items'} of ${number(this.items.length)} · <button class="plain" @click=${() => setQuery({items: ''})}>take all</button>`
              : this.choice.from
                ? html`${number(chosen)} items from "${this.chosen[0]?.name}" on · <button class="plain" @click=${() => setQuery({from: ''})}>take all</button>`
                : html`All ${number(this.items.length)} items`}</p>`
        : html`<kiln-new-batch class="fields" .wanted=${this.wanted} @kiln-new-batch=${event => (this.wanted = event.detail)}></kiln-new-batch>`}`;
  }
}

customElements.define('kiln-launch', Launch);
