import {html} from 'lit';
import {KilnElement} from '../core/element.js';

const MOST_SCALE = 64;
const STEP = 1.25;

/**
 * Draws a picture that can be zoomed (wheel, + and −) and moved (drag, arrows). `layers` are drawn above one another: {bitmap, place: {x, y, width, height}}, in
 * pixels of the picture, which has `extent` {width, height}. `view` is {x, y, scale}: the pixel in the middle, and screen pixels per picture pixel; null fits all.
 * With `tool` "profile" dragging draws a line. Tells `view`, `place` (the pixel under the pointer), `line` and `step` (to the next or previous picture).
 */
class Viewer extends KilnElement {
  static properties = {
    layers: {attribute: false},
    extent: {attribute: false},
    view: {attribute: false},
    line: {attribute: false},
    tool: {type: String},
    name: {type: String},
  };

  constructor() {
    super();
    this.layers = [];
    this.tool = 'move';
    this.sizes = new ResizeObserver(() => this.draw());
  }

  firstUpdated() {
    this.canvas = this.querySelector('canvas');
    this.canvas.addEventListener('wheel', event => this.zoomed(event), {passive: false});
    this.sizes.observe(this.canvas);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  updated() {
    this.draw();
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, {detail}));
  }

  /** The view that is shown; one that fits everything where none is set. */
  shown() {
    if (this.view) {
      return this.view;
    }
    const {width, height} = this.extent;
    return {x: width / 2, y: height / 2, scale: this.fitting()};
  }

  fitting() {
    const {clientWidth, clientHeight} = this.canvas;
    return Math.min(clientWidth / this.extent.width, clientHeight / this.extent.height) || 1;
  }

  /** Where in the picture an event happened, in its pixels. */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const {x, y, scale} = this.shown();
    return {x: x + (event.clientX - box.left - box.width / 2) / scale, y: y + (event.clientY - box.top - box.height / 2) / scale};
  }

  look(view) {
    const least = this.fitting();
    const scale = Math.min(MOST_SCALE, Math.max(least, view.scale));
    const within = (value, extent) => Math.min(extent, Math.max(0, value));
    this.tell('view', scale === least ? null : {x: within(view.x, this.extent.width), y: within(view.y, this.extent.height), scale});
  }

  zoom(factor, about) {
    const {x, y, scale} = this.shown();
    const place = about ?? {x, y};
    const next = Math.min(MOST_SCALE, Math.max(this.fitting(), scale * factor));
    const ratio = scale / next;
    this.look({x: place.x + (x - place.x) * ratio, y: place.y + (y - place.y) * ratio, scale: next});
  }

  zoomed(event) {
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? STEP : 1 / STEP, this.at(event));
  }

  pressed(event) {
    if (event.button !== 0 || !this.extent) {
      return;
    }
    this.canvas.setPointerCapture(event.pointerId);
    const from = this.at(event);
    const {x, y, scale} = this.shown();
    this.drag = {from, x, y, scale, left: event.clientX, top: event.clientY};
  }

  moved(event) {
    if (!this.extent) {
      return;
    }
    const place = this.at(event);
    const isInside = place.x >= 0 && place.y >= 0 && place.x < this.extent.width && place.y < this.extent.height;
    this.tell('place', isInside ? {x: Math.floor(place.x), y: Math.floor(place.y)} : null);
    if (!this.drag) {
      return;
    }
    if (this.tool === 'profile') {
      this.tell('line', {from: this.drag.from, to: place, isDone: false});
    } else {
      const {x, y, scale, left, top} = this.drag;
      this.look({x: x - (event.clientX - left) / scale, y: y - (event.clientY - top) / scale, scale});
    }
  }

  released(event) {
    if (this.drag && this.tool === 'profile') {
      this.tell('line', {from: this.drag.from, to: this.at(event), isDone: true});
    }
    this.drag = null;
  }

  typed(event) {
    const {x, y, scale} = this.shown();
    const step = 40 / scale;
    const actions = {
      ArrowLeft: () => this.look({x: x - step, y, scale}),
      ArrowRight: () => this.look({x: x + step, y, scale}),
      ArrowUp: () => this.look({x, y: y - step, scale}),
      ArrowDown: () => this.look({x, y: y + step, scale}),
      '+': () => this.zoom(STEP),
      '-': () => this.zoom(1 / STEP),
      0: () => this.tell('view', null),
      PageUp: () => this.tell('step', -1),
      PageDown: () => this.tell('step', 1),
    };
    if (actions[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      actions[event.key]();
    }
  }

  draw() {
    if (!this.canvas?.clientWidth || !this.extent) {
      return;
    }
    const density = devicePixelRatio || 1;
    const width = Math.round(this.canvas.clientWidth * density);
    const height = Math.round(this.canvas.clientHeight * density);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      Object.assign(this.canvas, {width, height});
    }
    const paper = this.canvas.getContext('2d');
    const {x, y, scale} = this.shown();
    paper.setTransform(1, 0, 0, 1, 0, 0);
    paper.clearRect(0, 0, width, height);
    paper.setTransform(scale * density, 0, 0, scale * density, width / 2 - x * scale * density, height / 2 - y * scale * density);
    for (const {bitmap, place} of this.layers) {
      paper.imageSmoothingEnabled = (place.width / bitmap.width) * scale < 3;
      paper.drawImage(bitmap, place.x, place.y, place.width, place.height);
    }
    if (this.line) {
      this.drawLine(paper, scale);
    }
  }

  drawLine(paper, scale) {
    const {from, to} = this.line;
    for (const [colour, thickness] of [['#000', 3], ['#ffd24a', 1.5]]) {
      paper.strokeStyle = colour;
      paper.lineWidth = thickness / scale;
      paper.beginPath();
      paper.moveTo(from.x, from.y);
      paper.lineTo(to.x, to.y);
      paper.stroke();
    }
  }

  render() {
    return html`<canvas tabindex="0" role="img" class=${this.tool}
      aria-label="${this.name}. Wheel or plus and minus zoom, dragging or arrows move, 0 fits, Page Up and Page Down go to the next picture."
      @pointerdown=${this.pressed} @pointermove=${this.moved} @pointerup=${this.released} @pointercancel=${this.released}
      @pointerleave=${() => this.tell('place', null)} @dblclick=${() => this.tell('view', null)} @keydown=${this.typed}></canvas>`;
  }
}

customElements.define('kiln-viewer', Viewer);
