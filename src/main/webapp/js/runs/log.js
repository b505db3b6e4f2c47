import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController} from '../core/events.js';
import {complain} from '../core/notices.js';
import {number} from '../core/format.js';
import {LogReader} from './logReader.js';

/** A log says nothing of its growing by events, so that a live one is asked for what is new. */
const MILLISECONDS = 1000;
const MOST_LINES = 5000;
const NEAR_END = 24;

/** A run's log: follows what is written until somebody scrolls up or pauses; finds text. */
class RunLog extends KilnElement {
  static properties = {run: {attribute: false}, live: {attribute: false}, lines: {state: true}, isPaused: {state: true}, isFollowing: {state: true}, sought: {state: true}, at: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.lines = [];
    this.isFollowing = true;
    this.sought = '';
    this.at = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.live && !this.isPaused && !document.hidden && this.read(), MILLISECONDS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('run')) {
      this.reader = new LogReader(this.run);
      this.lines = [];
      this.read();
    } else if (changed.has('live') && !this.live) {
      this.read();
    }
  }

  heard(name, data) {
    if (name === 'resync' || (name === 'run' && data.run === this.run)) {
      this.read();
    }
  }

  /** One at a time: two at once would read the same part twice. */
  async read() {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    const {reader} = this;
    try {
      const {lines, isAnew} = await reader.read();
      if (reader === this.reader && (lines.length || isAnew)) {
        this.lines = [...(isAnew ? [] : this.lines), ...lines].slice(-MOST_LINES);
      }
    } catch (problem) {
      complain(problem);
    } finally {
      this.reading = false;
      if (this.again) {
        this.again = false;
        this.read();
      }
    }
  }

  updated(changed) {
    const text = this.querySelector('.log');
    if (changed.has('lines') && this.isFollowing && text) {
      text.scrollTop = text.scrollHeight;
    }
    if (changed.has('at') || changed.has('sought')) {
      this.querySelector('mark.here')?.scrollIntoView({block: 'nearest'});
    }
  }

  scrolled(event) {
    const {scrollTop, clientHeight, scrollHeight} = event.target;
    this.isFollowing = scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  toEnd() {
    this.isFollowing = true;
    const text = this.querySelector('.log');
    text.scrollTop = text.scrollHeight;
  }

  seek(event) {
    this.sought = event.target.value;
    this.at = 0;
    this.isFollowing = this.sought === '' && this.isFollowing;
  }

  step(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.at += event.shiftKey ? -1 : 1;
    }
  }

  render() {
    const found = this.found();
    const here = found.length ? ((this.at % found.length) + found.length) % found.length : -1;
    return html`
      <div class="log-tools">
        <label>Find <input type="search" .value=${this.sought} @input=${this.seek} @keydown=${this.step} title="Enter: the next one, with Shift the one before"></label>
        ${this.sought ? html`<span role="status">${found.length ? `${number(here + 1)} of ${number(found.length)} lines` : 'not found'}</span>` : nothing}
        <span class="log-actions">
          ${this.live ? html`<button @click=${() => this.pause()} aria-pressed=${Boolean(this.isPaused)}>${this.isPaused ? 'Go on' : 'Pause'}</button>` : nothing}
          ${this.isFollowing ? nothing : html`<button @click=${this.toEnd}>To the end</button>`}
          <a class="button" href="/api/runs/${this.run}/log" download="${this.run}.log">Download</a>
        </span>
      </div>
      <pre class="log" role="region" tabindex="0" aria-label="Log" @scroll=${this.scrolled}>${this.lines.map((line, index) => this.line(line, index === found[here]))}</pre>
      ${this.lines.length ? nothing : html`<p class="faint">Nothing was logged yet.</p>`}
      ${this.lines.length === MOST_LINES ? html`<p class="faint">These are the last ${number(MOST_LINES)} lines.</p>` : nothing}`;
  }

  pause() {
    this.isPaused = !this.isPaused;
    if (!this.isPaused) {
      this.read();
    }
  }

  /** The numbers of the lines that hold what is sought. */
  found() {
    const sought = this.sought.toLowerCase();
    return sought ? this.lines.flatMap((line, index) => (line.toLowerCase().includes(sought) ? [index] : [])) : [];
  }

  line(text, isHere) {
    const start = this.sought ? text.toLowerCase().indexOf(this.sought.toLowerCase()) : -1;
    if (start < 0) {
      return html`<div>${text}</div>`;
    }
    const end = start + this.sought.length;
    return html`<div>${text.slice(0, start)}<mark class=${isHere ? 'here' : ''}>${text.slice(start, end)}</mark>${text.slice(end)}</div>`;
  }
}

customElements.define('kiln-run-log', RunLog);
