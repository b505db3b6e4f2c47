import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {GreyLayer} from './grey-layer.js';
import {address, cancelAhead, fetchAhead, histogram, picture, Reading, values} from './picture-store.js';
import {value} from './values.js';
import {around, profile} from './profile.js';
import './viewer.js';

const OVERVIEW = 1024;
const DETAIL = 2048;
const TILE = 64;
const NEXT = 3;
const REST_MILLISECONDS = 150;

/**
 * One picture of a source: its overview, its details where it is zoomed in, the value under the pointer, its histogram and profiles. `facts` is what the server
 * tells of the source, `plane` {axis, index, projection, corrected}; `low` and `high` are the window, in which the browser draws what it has. Tells `drawn`, `histogram`, `profile`, and what the viewer tells.
 */
class Picture extends KilnElement {
  static properties = {
    source: {attribute: false},
    facts: {attribute: false},
    plane: {attribute: false},
    low: {type: Number},
    high: {type: Number},
    view: {attribute: false},
    line: {attribute: false},
    tool: {type: String},
    name: {type: String},
    problem: {state: true},
    under: {state: true},
  };

  constructor() {
    super();
    this.tiles = new Map();
    this.overview = new GreyLayer();
    this.detail = new GreyLayer();
    this.histogramReading = new Reading(histogram);
    this.profileReading = new Reading(values);
    this.tool = 'move';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.histogramReading.giveUp();
    this.profileReading.giveUp();
    clearTimeout(this.resting);
  }

  /** Columns and rows of a whole picture. */
  extent() {
    const [first, second, third] = this.facts.shape;
    return [{width: third, height: second}, {width: third, height: first}, {width: second, height: first}][this.plane.axis];
  }

  url(form, more, part = {}) {
    return address(form, this.source, this.facts.version, {...this.plane, ...part}, more);
  }

  picture(part) {
    return this.url('slice.f32', {}, part);
  }

  willUpdate(changed) {
    if (changed.has('facts') || changed.has('plane')) {
      this.tiles.clear();
      this.under = null;
      this.clearDetail();
    }
  }

  updated(changed) {
    const isOther = ['facts', 'plane', 'source'].some(name => changed.has(name));
    const isWindowGone = changed.has('low') && !Number.isFinite(this.low);
    if (!this.facts || (!isOther && !isWindowGone && !changed.has('view') && !changed.has('line'))) {
      return;
    }
    if (isOther) {
      // at once: what comes while the next is waited for would be taken for it
      this.histogramReading.giveUp();
      this.load();
    }
    if (isOther || changed.has('line')) {
      this.profileReading.giveUp();
    }
    this.whenAtRest(isOther || isWindowGone, changed.has('line'));
  }

  /** What is only read once nothing moves any more: the histogram, details, the profile. */
  whenAtRest(isOther, isOtherLine) {
    this.isOther ||= isOther;
    this.isOtherLine ||= isOtherLine || isOther;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      const tasks = [this.readDetail()];
      if (this.isOther) {
        tasks.push(this.readHistogram());
      }
      if (this.isOtherLine && this.line?.isDone) {
        tasks.push(this.readProfile());
      }
      this.isOther = this.isOtherLine = false;
      Promise.all(tasks).catch(problem => this.failed(problem));
    }, Number.isFinite(this.low) ? REST_MILLISECONDS : 0);
  }

  failed(problem) {
    this.problem = problem;
    this.dispatchEvent(new CustomEvent('failed', {detail: problem}));
  }

  /** Draws what is wanted; while that loads, only the last of what is wanted meanwhile comes next. */
  async load() {
    this.wanted = this.picture({size: OVERVIEW});
    cancelAhead(this, this.wanted);
    if (this.isLoading) {
      return;
    }
    this.isLoading = true;
    let url;
    try {
      while (url !== this.wanted) {
        url = this.wanted;
        const {facts, plane} = this;
        const drawn = await picture(url);
        if (this.facts === facts && this.plane.axis === plane.axis) {
          this.overview.put(drawn, {x: 0, y: 0, ...this.extent()});
          this.problem = null;
          this.requestUpdate();
        }
      }
      this.dispatchEvent(new CustomEvent('drawn'));
      this.fetchNext();
    } catch (problem) {
      this.failed(problem);
    } finally {
      this.isLoading = false;
      if (url !== this.wanted) {
        this.load();
      }
    }
  }

  /** The pictures that are looked at next, in the direction of the last step. */
  fetchNext() {
    if (this.plane.projection) {
      return;
    }
    const {index, axis} = this.plane;
    const direction = index < (this.before ?? index) ? -1 : 1;
    this.before = index;
    for (const step of [1, 2, NEXT, -1]) {
      const next = index + step * direction;
      if (next >= 0 && next < this.facts.shape[axis]) {
        fetchAhead(this, this.picture({index: next, size: OVERVIEW}));
      }
    }
  }

  async readHistogram() {
    const data = await this.histogramReading.of(this.url('histogram', {bins: 4096}));
    if (data) {
      this.dispatchEvent(new CustomEvent('histogram', {detail: data}));
    }
  }

  async readDetail() {
    if (!this.view || !this.overview.data || !this.isConnected) {
      this.clearDetail();
      return;
    }
    const screen = this.view.scale * (devicePixelRatio || 1);
    const perPixel = this.extent().width / this.overview.data.width;
    const canvas = this.querySelector('canvas');
    if (perPixel <= 1 || screen * perPixel < 1.2) {
      this.clearDetail();
      return;
    }
    const half = {x: canvas.clientWidth / this.view.scale / 2, y: canvas.clientHeight / this.view.scale / 2};
    const from = {x: this.view.x - half.x, y: this.view.y - half.y};
    const part = around({from, to: {x: this.view.x + half.x, y: this.view.y + half.y}}, this.extent());
    const url = this.picture({...part, size: Math.min(DETAIL, Math.ceil(Math.max(part.width, part.height) * Math.min(1, screen)))});
    this.wantedDetail = url;
    const drawn = await picture(url);
    if (this.wantedDetail === url) {
      this.detail.put(drawn, part);
      this.requestUpdate();
    }
  }

  clearDetail() {
    this.wantedDetail = null;
    this.detail.clear();
    this.requestUpdate();
  }

  async readProfile() {
    const {line} = this;
    const part = around(line, this.extent());
    const data = await this.profileReading.of(this.url('slice.f32', {}, {...part, size: DETAIL}));
    if (data) {
      this.dispatchEvent(new CustomEvent('profile', {detail: {points: profile(line, part, data), name: this.name}}));
    }
  }

  /** The value of a pixel, as it is stored; read with its neighbours. */
  async place(place) {
    this.pointed = place;
    if (!place) {
      this.under = null;
      return;
    }
    const {width, height} = this.extent();
    const [x, y] = [Math.floor(place.x / TILE) * TILE, Math.floor(place.y / TILE) * TILE];
    const url = this.url('slice.f32', {}, {x, y, width: Math.min(TILE, width - x), height: Math.min(TILE, height - y), size: TILE});
    if (!this.tiles.has(url)) {
      this.tiles.set(url, values(url));
    }
    try {
      const tile = await this.tiles.get(url);
      if (this.pointed === place) {
        const at = Math.floor((place.y - y) / tile.rows) * tile.width + Math.floor((place.x - x) / tile.columns);
        this.under = {...place, value: tile.values[at]};
      }
    } catch (problem) {
      this.tiles.delete(url);
      this.failed(problem);
    }
  }

  /** Passes on what the viewer tells. */
  pass(event) {
    this.dispatchEvent(new CustomEvent(event.type, {detail: event.detail}));
  }

  /** What is drawn, in the window as far as it is known. */
  layers() {
    const all = [this.overview, this.detail];
    if (Number.isFinite(this.low)) {
      all.forEach(layer => layer.draw(this.low, this.high));
    }
    return all.filter(layer => layer.place);
  }

  readout() {
    if (!this.under) {
      return html`<span class="faint">point at a pixel to see its value</span>`;
    }
    const [down, across] = [[this.facts.axes[1], this.facts.axes[2]], [this.facts.axes[0], this.facts.axes[2]], [this.facts.axes[0], this.facts.axes[1]]][this.plane.axis];
    const unit = this.plane.corrected ? 'of the flat field' : this.facts.unit ?? '';
    return html`${across} ${this.under.x}, ${down} ${this.under.y}: <strong>${value(this.under.value, unit)}</strong>`;
  }

  render() {
    if (!this.facts) {
      return this.problem ? html`<p class="problem empty">${this.problem.message}</p>` : html`<p class="empty" aria-busy="true">Reading …</p>`;
    }
    const {rows = 1} = this.overview.data ?? {};
    const sampled = rows > 1 ? ` · ${rows} rows a pixel when seen as a whole` : '';
    return html`
      ${this.problem ? html`<p class="problem" role="alert">${this.problem.message}</p>` : nothing}
      <kiln-viewer .layers=${this.layers()} .extent=${this.extent()} .view=${this.view} .line=${this.line} .tool=${this.tool} .name=${this.name}
        @view=${this.pass} @line=${this.pass} @step=${this.pass} @place=${event => this.place(event.detail)}></kiln-viewer>
      <p class="readout"><span>${this.readout()}</span><span class="faint">${this.extent().width} × ${this.extent().height} px, ${this.facts.type}${sampled}</span></p>`;
  }
}

customElements.define('kiln-picture', Picture);
