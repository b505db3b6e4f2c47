import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get, pages, put, query, remove} from '../core/api.js';
import {EventsController, soon} from '../core/events.js';
import {act, complain} from '../core/notices.js';
import {go, setQuery} from '../core/router.js';
import {mayChange} from '../core/session.js';
import {sheetCard} from '../components/sheet-card.js';
import {MARKS} from '../components/mark.js';
import {tryAgain} from '../components/try-again.js';
import {startFull, takeOver} from '../components/try-centre.js';
import {TrySteps} from '../components/try-steps.js';

/** Cards that are made at once: a batch may have ten thousand items. */
const AT_ONCE = 200;
const FILTERS = {'': 'All', NONE: 'Not looked at', GOOD: 'Good', TRY_AGAIN: 'Wrong centre', SKIP: 'Skip'};

/** One picture of each item of a batch, what needs a person first, gone through with the keyboard: good, wrong centre, skip; tries from centre to centre. */
class ContactSheet extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}, batch: {state: true}, entries: {state: true}, current: {state: true}, most: {state: true}, problem: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.entries = [];
    this.current = 0;
    this.most = AT_ONCE;
    /** Run of a try → its images, of those that were looked at. */
    this.tries = new Map();
    this.reread = soon(() => this.read(), 400);
  }

  willUpdate(changed) {
    const key = `${this.path?.[0]}`;
    if ((changed.has('path') || changed.has('query')) && this.path && this.shownKey !== key) {
      this.shownKey = key;
      this.tries.clear();
      this.read();
    }
  }

  updated() {
    const entry = this.shown()[this.current];
    if (entry?.isTry && !this.tries.has(entry.picture)) {
      this.readTry(entry).catch(complain);
    }
  }

  /** The images of the entry's try, read once somebody looks at it; undefined where it is no try. */
  async readTry(entry) {
    if (!entry?.isTry) {
      return undefined;
    }
    const steps = this.tries.get(entry.picture) ?? new TrySteps(entry.picture);
    this.tries.set(entry.picture, steps);
    await steps.read();
    this.requestUpdate();
    return steps;
  }

  heard(name, data) {
    if (name === 'resync' || (['run', 'item', 'batch'].includes(name) && data.batch === this.path[0])) {
      this.reread();
      this.tries.forEach(steps => steps.item?.id === data.item && this.reset(steps));
    }
  }

  /** Somebody may have given the item another centre. */
  reset(steps) {
    steps.readItem().then(() => this.requestUpdate(), complain);
  }

  async read() {
    const id = this.path[0];
    try {
      const batch = await get(`/batches/${id}`);
      const entries = [];
      for await (const page of pages(`/batches/${id}/contact-sheet`)) {
        entries.push(...page);
        if (this.entries.length === 0) {
          // what comes first is shown before the rest is there
          Object.assign(this, {batch, entries: [...entries]});
        }
      }
      const focused = this.shown()[this.current]?.item;
      Object.assign(this, {batch, entries: this.inOldOrder(entries), problem: null});
      this.current = Math.max(0, this.shown().findIndex(entry => entry.item === focused));
    } catch (problem) {
      this.problem = problem;
    }
  }

  /** Whoever goes through the sheet does not want it to be shuffled under the keys: what was there stays in its place. */
  inOldOrder(entries) {
    const fresh = new Map(entries.map(entry => [entry.item, entry]));
    const kept = this.entries.map(entry => fresh.get(entry.item)).filter(Boolean);
    kept.forEach(entry => fresh.delete(entry.item));
    return [...kept, ...fresh.values()];
  }

  mark() {
    return this.query.get('mark') ?? '';
  }

  /** What the filter leaves; an item that is marked now stays until the filter is set again. */
  shown() {
    const mark = this.mark();
    return this.entries.filter(entry => !mark || entry.isKept || (entry.mark?.mark ?? 'NONE') === mark);
  }

  count(mark) {
    return this.entries.filter(entry => !mark || (entry.mark?.mark ?? 'NONE') === mark).length;
  }

  replace(item, changes) {
    this.entries = this.entries.map(entry => (entry.item === item ? {...entry, ...changes} : entry));
  }

  async say(mark, entry = this.shown()[this.current]) {
    const address = `/batches/${this.path[0]}/items/${entry.item}/mark`;
    const isTaken = mark === null;
    this.focusOn(this.current + (isTaken ? 0 : 1));
    const done = await act(async () => (isTaken ? await remove(address) : await put(address, {mark})) ?? true,
      isTaken ? `${entry.name} is not marked any more.` : `${entry.name} is marked "${MARKS[mark]}".`);
    if (done) {
      this.replace(entry.item, {mark: isTaken ? null : done, isKept: true});
    }
  }

  async again(entry = this.shown()[this.current]) {
    const queued = await tryAgain(this.path[0], entry);
    if (queued) {
      await this.say('TRY_AGAIN', entry);
    }
  }

  async step(by, entry = this.shown()[this.current]) {
    const steps = await this.readTry(entry);
    steps?.step(by);
    this.requestUpdate();
  }

  /** Gives the item the centre whose image is seen. */
  async take(entry = this.shown()[this.current]) {
    const steps = await this.readTry(entry);
    if (steps?.image && !steps.isTaken) {
      steps.item = (await takeOver(steps.run, steps.image.rotationAxis)) ?? steps.item;
      this.requestUpdate();
    }
  }

  async fullOfGood() {
    const good = this.entries.filter(entry => entry.mark?.mark === 'GOOD').map(entry => entry.item);
    if (await startFull(this.path[0], good)) {
      go(`/batches/${this.path[0]}`);
    }
  }

  look(entry) {
    if (entry.picture) {
      const steps = this.tries.get(entry.picture);
      go(`/pictures${query({run: entry.picture, index: steps?.isMoved ? steps.image.index : ''})}`);
    } else if (entry.run) {
      go(`/runs/${entry.run}`);
    }
  }

  focusOn(index) {
    this.current = Math.min(Math.max(0, index), Math.max(0, this.shown().length - 1));
    this.most = Math.max(this.most, this.current + AT_ONCE / 2);
    this.updateComplete.then(() => this.querySelectorAll('.card')[this.current]?.focus());
  }

  /** Cards beside one another. */
  columns() {
    const grid = this.querySelector('.sheet');
    return grid ? getComputedStyle(grid).gridTemplateColumns.split(' ').length : 1;
  }

  typed(event) {
    const entry = this.shown()[this.current];
    if (!entry || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, dialog')) {
      return;
    }
    const changes = mayChange(this.batch) ? {g: () => this.say('GOOD'), t: () => this.again(), s: () => this.say('SKIP'), u: () => this.say(null), c: () => this.take()} : {};
    const actions = {
      ...changes,
      ',': () => this.step(-1),
      '.': () => this.step(1),
      ArrowRight: () => this.focusOn(this.current + 1),
      ArrowLeft: () => this.focusOn(this.current - 1),
      ArrowDown: () => this.focusOn(this.current + this.columns()),
      ArrowUp: () => this.focusOn(this.current - this.columns()),
      Home: () => this.focusOn(0),
      End: () => this.focusOn(this.entries.length),
      Enter: () => event.target.classList.contains('card') && this.look(entry),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      Promise.resolve(action()).catch(complain);
    }
  }

  filter(mark) {
    this.entries = this.entries.map(entry => ({...entry, isKept: false}));
    Object.assign(this, {current: 0, most: AT_ONCE});
    setQuery({mark});
  }

  render() {
    if (this.problem) {
      return html`<p class="problem empty" role="alert">${this.problem.message}</p>`;
    }
    if (!this.batch) {
      return html`<p class="empty" aria-busy="true">Reading …</p>`;
    }
    const shown = this.shown();
    const good = this.count('GOOD');
    const isOurs = mayChange(this.batch);
    return html`
      <div class="head">
        <h1>Contact sheet of ${this.batch.name}</h1><a href="/batches/${this.batch.id}">Batch</a>
        <div class="filters" role="group" aria-label="Which items">
          ${Object.entries(FILTERS).map(([mark, title]) => html`<button aria-pressed=${this.mark() === mark ? 'true' : 'false'} @click=${() => this.filter(mark)}>${title} <span class="faint">${this.count(mark)}</span></button>`)}
        </div>
        ${isOurs ? html`<div class="actions"><button class="primary" ?disabled=${good === 0} @click=${this.fullOfGood}>Start full of ${good} good</button></div>` : nothing}
      </div>
      <p class="faint">${isOurs ? html`<kbd>g</kbd> good · <kbd>t</kbd> wrong centre, try again · <kbd>s</kbd> skip · <kbd>u</kbd> take the mark back · ` : nothing}arrows move ·
        <kbd>,</kbd> <kbd>.</kbd> step through a try's centres${isOurs ? html` · <kbd>c</kbd> make the one that is seen the item's centre` : nothing} · <kbd>Enter</kbd> looks closer. Failures and doubtful centres come first.</p>
      ${shown.length
        ? html`<div class="sheet" role="list" @keydown=${this.typed}>
            ${shown.slice(0, this.most).map((entry, i) => sheetCard(entry, this.tries.get(entry.picture), i === this.current, isOurs, {
              focus: () => (this.current = i),
              look: () => this.look(entry),
              say: mark => { this.current = i; this.say(mark, entry); },
              again: () => { this.current = i; this.again(entry); },
              step: by => { this.current = i; this.step(by, entry).catch(complain); },
              take: () => { this.current = i; this.take(entry).catch(complain); },
            }))}</div>
            ${shown.length > this.most ? html`<p><button @click=${() => (this.most += AT_ONCE)}>Show more; ${shown.length - this.most} are left</button></p>` : nothing}`
        : html`<p class="empty">${this.entries.length ? 'No item has this mark.' : 'This batch has no items yet; add some in the batch.'}</p>`}`;
  }
}

customElements.define('kiln-contact-sheet', ContactSheet);
