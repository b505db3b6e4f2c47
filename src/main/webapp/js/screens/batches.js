import {html} from 'lit';
import {KilnElement} from '../core/element.js';
import './batches/list.js';
import './batches/page.js';

/** The batches, or one of them: /batches, /batches/ID. */
class Batches extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}};

  render() {
    const [batch] = this.path;
    return batch ? html`<kiln-batch-page .batch=${batch} .query=${this.query}></kiln-batch-page>` : html`<kiln-batch-list .query=${this.query}></kiln-batch-list>`;
  }
}

customElements.define('kiln-batches', Batches);
