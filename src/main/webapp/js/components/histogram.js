import {html, svg, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {value as shownValue} from './values.js';

const WIDTH = 256;
const HEIGHT = 90;

/**
 * How often values occur, and the window of values that is shown from black to white; both its ends can be dragged, moved by arrows, or typed. `counts` is what
 * the server answers of a histogram; tells `window` {low, high, isDone}.
 */
class Histogram extends KilnElement {
  static properties = {data: {attribute: false}, low: {type: Number}, high: {type: Number}, unit: {type: String}};

  /** The values that the picture spans: the window with room beside it, within what occurs. */
  range() {
    if (this.drag) {
      return this.drag.range;
    }
    const {minimum, maximum} = this.data;
    const low = Number.isFinite(this.low) ? this.low : this.data.low;
    const high = Number.isFinite(this.high) ? this.high : this.data.high;
    const room = (high - low) * 0.6;
    return {from: Math.min(low, Math.max(minimum, low - room)), to: Math.max(high, Math.min(maximum, high + room))};
  }

  bars({from, to}) {
    const {minimum, maximum, counts} = this.data;
    const bars = new Array(WIDTH / 2).fill(0);
    const width = (maximum - minimum) / counts.length;
    counts.forEach((count, i) => {
      const bar = Math.floor(((minimum + (i + 0.5) * width - from) / (to - from)) * bars.length);
      if (bar >= 0 && bar < bars.length) {
        bars[bar] += count;
      }
    });
    const highest = Math.max(1, ...bars);
    return bars.map(count => Math.sqrt(count / highest) * HEIGHT);
  }

  change(low, high, isDone) {
    if (low < high) {
      this.dispatchEvent(new CustomEvent('window', {detail: {low, high, isDone}}));
    }
  }

  valueAt(event) {
    const box = this.querySelector('svg').getBoundingClientRect();
    const {from, to} = this.range();
    return from + ((event.clientX - box.left) / box.width) * (to - from);
  }

  pressed(event) {
    const value = this.valueAt(event);
    const end = Math.abs(value - this.low) < Math.abs(value - this.high) ? 'low' : 'high';
    this.drag = {end, range: this.range()};
    event.currentTarget.setPointerCapture(event.pointerId);
    this.moved(event);
  }

  moved(event, isDone = false) {
    if (this.drag) {
      const value = this.valueAt(event);
      this.change(this.drag.end === 'low' ? value : this.low, this.drag.end === 'high' ? value : this.high, isDone);
    }
  }

  released(event) {
    this.moved(event, true);
    this.drag = null;
  }

  typed(event, end) {
    const step = {ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1}[event.key];
    if (step) {
      event.preventDefault();
      const by = (step * (this.high - this.low)) / 50;
      this.change(this.low + (end === 'low' ? by : 0), this.high + (end === 'high' ? by : 0), true);
    }
  }

  entered(event, end) {
    const value = event.target.valueAsNumber;
    if (Number.isFinite(value)) {
      this.change(end === 'low' ? value : this.low, end === 'high' ? value : this.high, true);
    }
  }

  handle(end, range, title) {
    const x = ((this[end] - range.from) / (range.to - range.from)) * WIDTH;
    return svg`<g class="handle" role="slider" tabindex="0" aria-label=${title} aria-valuenow=${this[end]} aria-valuemin=${range.from} aria-valuemax=${range.to}
      aria-valuetext=${shownValue(this[end], this.unit)} @keydown=${event => this.typed(event, end)}>
      <line x1=${x} x2=${x} y1="0" y2=${HEIGHT}></line><rect x=${x - 4} y="0" width="8" height="14" rx="2"></rect></g>`;
  }

  render() {
    if (!this.data) {
      return nothing;
    }
    const range = this.range();
    const bars = this.bars(range);
    const step = WIDTH / bars.length;
    const path = bars.map((height, i) => `M${i * step} ${HEIGHT}v${-height}h${step}v${height}`).join('');
    return html`
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-label="Histogram; drag its ends to change the contrast" role="group"
        @pointerdown=${this.pressed} @pointermove=${event => this.moved(event)} @pointerup=${this.released}>
        <path d=${path}></path>
        ${this.handle('low', range, 'Black')} ${this.handle('high', range, 'White')}
      </svg>
      <div class="ends">
        <label>Black <input type="number" step="any" .value=${String(Number(this.low.toPrecision(5)))} @change=${event => this.entered(event, 'low')}></label>
        <label>White <input type="number" step="any" .value=${String(Number(this.high.toPrecision(5)))} @change=${event => this.entered(event, 'high')}></label>
        <span class="faint">${this.unit}</span>
        <button @click=${() => this.dispatchEvent(new CustomEvent('automatic'))} title="The window that fits this picture (A)">Automatic</button>
      </div>
      <p class="faint numbers">mean ${shownValue(this.data.mean, this.unit)} · standard deviation ${shownValue(this.data.standardDeviation, this.unit)} ·
        from ${shownValue(this.data.minimum)} to ${shownValue(this.data.maximum, this.unit)}${this.data.others ? ` · ${this.data.others} pixels hold no number` : ''}</p>`;
  }
}

customElements.define('kiln-histogram', Histogram);
