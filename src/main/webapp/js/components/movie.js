import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';

const RATES = [1, 2, 5, 10, 20, 30];

/**
 * Goes through the pictures of a stack: by a slider, by steps, or as a movie, which waits for each picture to be drawn (the owner calls `drawn()`). Tells
 * `index`. `labels` name the pictures where a number says too little.
 */
class Movie extends KilnElement {
  static properties = {index: {type: Number}, count: {type: Number}, what: {type: String}, label: {type: String}, rate: {type: Number}, playing: {state: true}};

  constructor() {
    super();
    this.rate = 10;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop();
  }

  to(index) {
    const within = Math.min(this.count - 1, Math.max(0, index));
    if (within !== this.index) {
      this.dispatchEvent(new CustomEvent('index', {detail: within}));
    }
  }

  play() {
    this.playing = true;
    this.shownAt = performance.now();
    this.next();
  }

  stop() {
    this.playing = false;
    clearTimeout(this.waiting);
  }

  next() {
    clearTimeout(this.waiting);
    const rest = this.shownAt + 1000 / this.rate - performance.now();
    this.waiting = setTimeout(() => {
      this.shownAt = performance.now();
      this.to((this.index + 1) % this.count);
    }, Math.max(0, rest));
  }

  /** The picture is there: the next one may come. */
  drawn() {
    if (this.playing) {
      this.next();
    }
  }

  render() {
    if (!(this.count > 1)) {
      return nothing;
    }
    return html`
      <button @click=${() => (this.playing ? this.stop() : this.play())} aria-pressed=${this.playing ? 'true' : 'false'} title="Play the stack as a movie">${this.playing ? 'Stop' : 'Play'}</button>
      <label><span class="visually-hidden">Pictures a second</span>
        <select @change=${event => (this.rate = Number(event.target.value))}>
          ${RATES.map(rate => html`<option value=${rate} ?selected=${rate === this.rate}>${rate} /s</option>`)}
        </select></label>
      <button class="plain" @click=${() => this.to(this.index - 1)} aria-label="Previous ${this.what}">◂</button>
      <input type="range" min="0" max=${this.count - 1} .value=${String(this.index)} aria-label=${this.what} aria-valuetext=${this.label}
        @input=${event => this.to(event.target.valueAsNumber)}>
      <button class="plain" @click=${() => this.to(this.index + 1)} aria-label="Next ${this.what}">▸</button>
      <span class="which">${this.label}</span>`;
  }
}

customElements.define('kiln-movie', Movie);
