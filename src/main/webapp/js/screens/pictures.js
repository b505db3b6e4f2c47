import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {go, setQuery} from '../core/router.js';
import {centre, takeOver, tryImages} from '../components/try-centre.js';
import {pictureQuery, readPictureState, readSide} from '../components/picture-state.js';
import {pictureTabs} from '../components/picture-tabs.js';
import {pictureTools} from '../components/picture-tools.js';
import '../components/picture.js';
import '../components/movie.js';
import '../components/picture-chooser.js';

const KEYS = {a: 'automatic', p: 'toggleTool', ' ': 'toggleMovie'};

/** Looks at the pictures of a run, of its input, of two runs side by side, or of any file in a data root. */
class Pictures extends KilnElement {
  static properties = {
    path: {attribute: false},
    query: {attribute: false},
    sides: {state: true},
    state: {state: true},
    histogram: {state: true},
    automaticWindow: {state: true},
    profiles: {state: true},
    line: {state: true},
    problem: {state: true},
  };

  constructor() {
    super();
    new EventsController(this);
    this.sides = [];
    this.profiles = [];
    this.remember = soon(() => this.isConnected && setQuery((this.remembered = pictureQuery(this.state))), 400);
    this.reopen = soon(() => this.open());
  }

  willUpdate(changed) {
    if (!changed.has('query') || !this.query) {
      return;
    }
    const state = readPictureState(this.query);
    const isOurs = this.remembered && JSON.stringify(this.remembered) === JSON.stringify(pictureQuery(state));
    if (!isOurs || !this.state) {
      const isOther = this.state?.key !== state.key;
      this.state = state;
      if (isOther) {
        this.open();
      }
    }
  }

  heard(name, data) {
    const isShown = this.sides.some(side => side.run?.id === data.run || (name === 'item' && side.item?.id === data.item));
    if (name === 'resync' || ((name === 'run' || name === 'item') && isShown)) {
      this.reopen();
    }
  }

  /** Reads what is looked at; what was shown stays until the rest is there. */
  async open() {
    const opened = (this.opening = {});
    this.problem = null;
    const {run, path, beside} = this.state;
    if (!run && !path) {
      this.sides = [];
      return;
    }
    try {
      const sides = await Promise.all([run, ...(run && beside ? [beside] : [])].map(id => readSide(this.state, id)));
      if (this.opening === opened) {
        const isSame = this.sides[0]?.facts.version === sides[0].facts.version && this.shownOf === this.state.of;
        this.shownOf = this.state.of;
        this.sides = sides;
        if (!isSame) {
          Object.assign(this, {automaticWindow: null, histogram: null, profiles: [], line: null});
        }
        this.to(this.state.index ?? Math.floor(this.count() / 2));
      }
    } catch (problem) {
      if (this.opening === opened) {
        this.problem = problem;
        this.sides = [];
      }
    }
  }

  axis() {
    return this.shownOf === 'sinograms' ? 1 : this.state.axis;
  }

  count() {
    return this.sides[0]?.facts.shape[this.axis()] ?? 0;
  }

  to(index) {
    this.change({index: Math.min(Math.max(0, index), Math.max(0, this.count() - 1))});
  }

  /** Changes what is shown; the address follows once nothing moves any more. */
  change(changes) {
    this.state = {...this.state, ...changes};
    this.remember();
  }

  /** Shows other values, which another window fits. */
  changeValues(changes) {
    Object.assign(this, {automaticWindow: null, histogram: null});
    this.change({...changes, low: undefined, high: undefined});
  }

  /** Looks along another axis. */
  turn(axis) {
    this.line = null;
    this.profiles = [];
    this.changeValues({axis, index: undefined, projection: undefined, view: null});
    this.to(Math.floor(this.count() / 2));
  }

  plane(side) {
    const {projection} = this.state;
    const corrected = this.state.corrected && side.facts.correctable;
    const most = side.facts.shape[this.axis()] - 1;
    return projection ? {axis: 0, projection} : {axis: this.axis(), index: Math.min(this.state.index ?? 0, most), corrected};
  }

  window() {
    const {low, high} = this.state;
    return Number.isFinite(low) ? {low, high} : this.automaticWindow ?? {};
  }

  automatic() {
    if (this.histogram) {
      this.automaticWindow = {low: this.histogram.low, high: this.histogram.high};
      this.change({low: undefined, high: undefined});
    }
  }

  heardHistogram(data, isFirst) {
    if (isFirst) {
      this.histogram = data;
      this.automaticWindow ??= {low: data.low, high: data.high};
    }
  }

  toggleTool() {
    this.change({tool: this.state.tool === 'profile' ? 'move' : 'profile'});
  }

  toggleMovie() {
    const movie = this.querySelector('kiln-movie');
    if (movie) {
      movie.playing ? movie.stop() : movie.play();
    }
  }

  typed(event) {
    const isField = event.target.closest('input, select, textarea, button, a, [role=slider]');
    if (KEYS[event.key] && !isField && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this[KEYS[event.key]]();
    }
  }

  async takeOver(side, column) {
    const item = await takeOver(side.run, column);
    if (item) {
      this.sides = this.sides.map(one => (one.item?.id === item.id ? {...one, item} : one));
    }
  }

  failed(problem) {
    this.querySelector('kiln-movie')?.stop();
    // what was described is not there any more: it was written anew
    if (problem.status === 409 && problem.document?.state === 'CHANGED') {
      this.reopen();
    }
  }

  render() {
    if (!this.state?.run && !this.state?.path) {
      return html`<div class="head"><h1>Pictures</h1></div><kiln-picture-chooser></kiln-picture-chooser>`;
    }
    const [side] = this.sides;
    return html`
      <div @keydown=${this.typed}>
        <div class="head">
          <h1>${side ? side.name : 'Pictures'}</h1>
          ${side?.run
            ? html`<a href="/runs/${side.run.id}">Run</a><a href="/batches/${side.run.batch}">Batch</a>`
            : html`<span class="faint">${side?.facts.path ?? this.state.path}</span>`}
          <div class="actions">${side ? pictureTabs(this, side) : nothing}</div>
        </div>
        ${this.problem ? this.refused() : nothing}
        ${side ? html`<div class="pictures">${this.stage()}${pictureTools(this, side)}</div>` : nothing}
      </div>`;
  }

  refused() {
    return html`<div class="panel"><p class="problem" role="alert">${this.problem.message}</p><a href="/pictures">Look at something else</a></div>`;
  }

  /** Goes to another view of the same thing; Back comes back. */
  show(changes) {
    const address = new URLSearchParams(pictureQuery({...this.state, low: undefined, high: undefined, view: null, ...changes}, true));
    go(`/pictures?${address}`);
  }

  stage() {
    const {view, tool, projection} = this.state;
    const images = tryImages(this.sides[0].run);
    return html`<div class="stage">
      <div class="views">
        ${this.sides.map((side, i) => html`
          <section aria-label=${side.name}>
            ${this.sides.length > 1 ? html`<h2>${side.name}</h2>` : nothing}
            <kiln-picture .source=${side.source} .facts=${side.facts} .plane=${this.stable(i, this.plane(side))} .low=${this.window().low} .high=${this.window().high}
              .view=${view} .line=${this.line} .tool=${tool} .name=${side.name}
              @drawn=${() => i === 0 && this.querySelector('kiln-movie')?.drawn()}
              @histogram=${event => this.heardHistogram(event.detail, i === 0)}
              @view=${event => this.change({view: event.detail})}
              @line=${event => (this.line = event.detail)}
              @profile=${event => (this.profiles = Object.assign([...this.profiles], {[i]: event.detail}))}
              @step=${event => this.to(this.state.index + event.detail)}
              @failed=${event => this.failed(event.detail)}></kiln-picture>
          </section>`)}
      </div>
      ${projection
        ? nothing
        : html`<kiln-movie .index=${this.state.index ?? 0} .count=${this.count()} .what=${this.sides[0].facts.axes[this.axis()]} .label=${this.label(images)}
            @index=${event => this.to(event.detail)}></kiln-movie>`}
    </div>`;
  }

  /** The same object as long as it says the same: a picture is read anew for another one. */
  stable(i, plane) {
    this.planes ??= [];
    return (this.planes[i] = JSON.stringify(this.planes[i]) === JSON.stringify(plane) ? this.planes[i] : plane);
  }

  label(images) {
    const {index = 0, of} = this.state;
    const {facts} = this.sides[0];
    if (images && of === 'output' && this.axis() === 0 && images[index]) {
      return `centre ${centre(images[index])}, slice ${images[index].slice}`;
    }
    const name = this.axis() === 0 ? facts.names[index] : undefined;
    return `${facts.axes[this.axis()]} ${index} of 0–${this.count() - 1}${name ? `, ${name}` : ''}`;
  }
}

customElements.define('kiln-pictures', Pictures);
