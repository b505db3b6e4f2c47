import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {fileName} from '../core/format.js';
import './folder-browser.js';

/** A batch that is not made yet, as its form has it. */
export const NO_BATCH = {name: '', folder: '', pattern: '', pipeline: '', output: '', shared: true};

/** @returns the members of POST /batches; what is empty is left out, and a pattern without a folder */
export const batchOf = wanted => Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== '' && (name !== 'pattern' || wanted.folder)));

/** What a batch needs to be made: `wanted`, told by `kiln-new-batch` with each change; `pipelines` to choose from, none where something else chooses. */
class NewBatch extends KilnElement {
  static properties = {wanted: {attribute: false}, pipelines: {attribute: false}};

  constructor() {
    super();
    this.wanted = NO_BATCH;
    this.pipelines = [];
  }

  change(changes) {
    this.wanted = {...this.wanted, ...changes};
    this.dispatchEvent(new CustomEvent('kiln-new-batch', {detail: this.wanted}));
  }

  /** The batch is called as its folder is, unless somebody has named it. */
  chose({folder, pattern}) {
    const {name, folder: before} = this.wanted;
    this.change({folder, pattern, name: name === fileName(before) ? fileName(folder) : name});
  }

  render() {
    const {name, pipeline, output, shared, folder} = this.wanted;
    return html`
      <label class="field whole">Name <input required .value=${name} @input=${event => this.change({name: event.target.value})}></label>
      <kiln-folder-browser class="whole" .folder=${folder} @kiln-folder=${event => this.chose(event.detail)}></kiln-folder-browser>
      ${this.pipelines.length
        ? html`<label class="field">Pipeline
            <select @change=${event => this.change({pipeline: event.target.value})}>
              <option value="" .selected=${!pipeline}>chosen when it is run</option>
              ${this.pipelines.map(one => html`<option .selected=${one.name === pipeline}>${one.name}</option>`)}
            </select></label>`
        : nothing}
      <label class="field">Output folder <input placeholder="beside the inputs" .value=${output} @input=${event => this.change({output: event.target.value})}></label>
      <label class="whole"><input type="checkbox" .checked=${shared} @change=${event => this.change({shared: event.target.checked})}> Other operators may change it, too</label>`;
  }
}

customElements.define('kiln-new-batch', NewBatch);
