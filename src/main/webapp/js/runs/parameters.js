import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get} from '../core/api.js';
import {complain} from '../core/notices.js';

const ORIGINS = {DEFAULT: 'pipeline’s default', BATCH: 'batch', ITEM: 'item', REQUEST: 'this request'};

const text = value => (value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value));

/** What the run was told, and who said so. */
class RunParameters extends KilnElement {
  static properties = {body: {attribute: false}, schema: {state: true}, isAll: {state: true}};

  willUpdate(changed) {
    if (changed.has('body') && this.body.pipeline !== this.pipeline) {
      this.pipeline = this.body.pipeline;
      this.readSchema();
    }
  }

  async readSchema() {
    try {
      this.schema = (await get(`/pipelines/${this.pipeline}`)).parameters.properties;
    } catch (problem) {
      // a pipeline that is not there any more leaves its runs: their values are shown without words for them
      this.schema = {};
      if (problem.status !== 404) {
        complain(problem);
      }
    }
  }

  isGiven(name) {
    const origin = this.body.origins?.[name];
    return origin ? origin !== 'DEFAULT' : text(this.body.parameters[name]) !== text(this.schema[name]?.default);
  }

  render() {
    if (!this.schema) {
      return nothing;
    }
    const names = Object.keys(this.body.parameters).sort();
    const given = names.filter(name => this.isGiven(name));
    const shown = this.isAll ? names : given;
    return html`
      <label><input type="checkbox" .checked=${Boolean(this.isAll)} @change=${event => (this.isAll = event.target.checked)}>
        also the ${names.length - given.length} that are as the pipeline has them by default</label>
      ${shown.length
        ? html`<div class="scroll"><table aria-label="Parameters">
            <thead><tr><th>Parameter</th><th>Value</th><th>From</th><th>Default</th><th>Means</th></tr></thead>
            <tbody>${shown.map(name => this.row(name))}</tbody>
          </table></div>`
        : html`<p class="faint">Every parameter has its default value.</p>`}`;
  }

  row(name) {
    const {description, unit} = this.schema[name] ?? {};
    const origin = this.body.origins?.[name];
    return html`<tr class=${this.isGiven(name) ? 'given' : ''}>
      <td class="code">${name}</td>
      <td><b class="code">${text(this.body.parameters[name])}</b>${unit ? html` <span class="faint">${unit}</span>` : nothing}</td>
      <td>${origin ? ORIGINS[origin] : html`<span class="faint">not recorded</span>`}</td>
      <td class="code faint">${text(this.schema[name]?.default)}</td>
      <td class="reason">${description ?? ''}</td>
    </tr>`;
  }
}

customElements.define('kiln-run-parameters', RunParameters);
