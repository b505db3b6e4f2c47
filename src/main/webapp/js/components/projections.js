import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {complain} from '../core/notices.js';
import {number} from '../core/format.js';
import {computeProjections} from './picture-store.js';

const KINDS = {mean: 'Mean', maximum: 'Maximum', minimum: 'Minimum', deviation: 'Standard deviation'};

/** Chooses a projection of a stack and has it computed first; leaving ends the computing. Tells `projection`, undefined for single pictures. */
class Projections extends KilnElement {
  static properties = {source: {attribute: false}, others: {attribute: false}, shown: {type: String}, what: {type: String}, progress: {state: true}};

  disconnectedCallback() {
    super.disconnectedCallback();
    this.computing?.abort();
  }

  choose(kind) {
    this.dispatchEvent(new CustomEvent('projection', {detail: kind}));
  }

  async show(kind) {
    this.computing?.abort();
    const computing = (this.computing = new AbortController());
    this.progress = {done: 0, total: 0};
    try {
      for (const source of [this.source, ...this.others]) {
        await computeProjections(source, (done, total) => (this.progress = {done, total}), computing.signal);
      }
      this.choose(kind);
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        complain(problem);
      }
    } finally {
      if (this.computing === computing) {
        this.progress = null;
      }
    }
  }

  render() {
    return html`
      <div class="buttons" role="group" aria-label="Projection">
        <button aria-pressed=${this.shown ? 'false' : 'true'} @click=${() => this.choose(undefined)}>Single ${this.what}s</button>
        ${Object.entries(KINDS).map(([kind, title]) => html`<button aria-pressed=${this.shown === kind ? 'true' : 'false'} @click=${() => this.show(kind)}>${title}</button>`)}
      </div>
      ${this.progress
        ? html`<p role="status"><progress max=${this.progress.total || 1} .value=${this.progress.done}></progress>
            ${this.progress.total ? `${number(this.progress.done)} of ${number(this.progress.total)} parts` : 'waiting for another stack'}
            <button class="plain" @click=${() => this.computing.abort()}>Cancel</button></p>`
        : nothing}`;
  }
}

customElements.define('kiln-projections', Projections);
