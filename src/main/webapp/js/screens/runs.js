import {html} from 'lit';
import {KilnElement} from '../core/element.js';
import '../runs/list.js';
import '../runs/page.js';

/** /runs is the list of runs, /runs/ID one of them. */
class RunsScreen extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}};

  render() {
    const [run] = this.path ?? [];
    return run
      ? html`<kiln-run .run=${run} .query=${this.query}></kiln-run>`
      : html`<kiln-run-list .query=${this.query}></kiln-run-list>`;
  }
}

customElements.define('kiln-runs', RunsScreen);
