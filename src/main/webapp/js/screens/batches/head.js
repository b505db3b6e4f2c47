import {html, nothing} from 'lit';
import {KilnElement} from '../../core/element.js';
import {post, remove} from '../../core/api.js';
import {number, time} from '../../core/format.js';
import {go} from '../../core/router.js';
import {mayChange} from '../../core/session.js';
import {act, complain} from '../../core/notices.js';
import {ask} from '../../components/ask.js';
import {stopped} from './item-actions.js';
import {save} from './edits.js';
import {text} from './parameters.js';

/** What a batch is and how far; its name and settings are edited in place. */
class BatchHead extends KilnElement {
  static properties = {batch: {attribute: false}, parameters: {attribute: false}, changed: {attribute: false}, added: {state: true}};

  constructor() {
    super();
    this.added = [];
  }

  async edit(changes, about) {
    const saved = await save(`/batches/${this.batch.id}`, changes, this.batch.version, about);
    if (saved) {
      this.changed(saved);
    }
    return saved;
  }

  async stopAll() {
    const unfinished = this.batch.status.queued + this.batch.status.running + this.batch.status.publishing;
    const isSure = await ask({
      title: 'Stop every run of this batch?',
      text: html`<p>${number(unfinished)} items are queued or running. What is computed is kept: a restart goes on from there.</p>`,
      action: 'Stop all',
      isDanger: true,
    });
    if (isSure) {
      await act(() => post(`/batches/${this.batch.id}/stop`), stopped);
    }
  }

  async removeBatch() {
    const isSure = await ask({
      title: `Delete the batch "${this.batch.name}"?`,
      text: html`<p>Its ${number(this.batch.status.items)} items and their runs are forgotten. No file goes: inputs and outputs stay on disk.</p>`,
      action: 'Delete',
      isDanger: true,
    });
    if (isSure && (await act(() => remove(`/batches/${this.batch.id}`).then(() => true), `Deleted the batch "${this.batch.name}".`))) {
      go('/batches');
    }
  }

  render() {
    const {batch} = this;
    const {queued, running, publishing} = batch.status;
    return html`
      <div class="head batch-head">
        ${mayChange(batch)
          ? html`<h1><input class="cell" aria-label="Name of the batch" .value=${batch.name} size=${Math.min(60, batch.name.length + 2)} @change=${this.rename} @keydown=${event => event.key === 'Enter' && event.target.blur()}></h1>`
          : html`<h1>${batch.name}</h1>`}
        <strong class="sentence" role="status">${batch.status.sentence}</strong>
        <a href="/contact-sheet/${batch.id}">Contact sheet</a>
        <span class="actions">
          ${mayChange(batch)
            ? html`
                <button class="danger" ?disabled=${queued + running + publishing === 0} @click=${this.stopAll}>Stop all</button>
                <button @click=${this.removeBatch}>Delete…</button>`
            : nothing}
        </span>
      </div>
      <details class="settings">
        <summary>Settings <span class="faint">${this.summary()}</span></summary>
        ${this.settings()}
      </details>`;
  }

  async rename(event) {
    const saved = await this.edit({name: event.target.value}, {what: 'the name of the batch', value: one => one.name});
    if (!saved) {
      event.target.value = this.batch.name;
    }
  }

  summary() {
    const {batch} = this;
    const parameters = Object.keys(batch.parameters).length;
    return [
      batch.pipeline ?? 'pipeline chosen when it is run',
      batch.output ? `output in ${batch.output}` : 'output beside the inputs',
      batch.maxDevices ? `at most ${number(batch.maxDevices)} devices` : 'any number of devices',
      `${number(parameters)} default ${parameters === 1 ? 'parameter' : 'parameters'}`,
      batch.submissions ? `submitted ${batch.submissions === 1 ? 'once' : `${number(batch.submissions)} times`}, last ${time(batch.lastSubmittedAt)} by ${batch.lastSubmittedBy}` : 'never submitted',
      `made ${time(batch.createdAt)} by ${batch.createdBy}`,
    ].join(' · ');
  }

  settings() {
    const {batch, parameters} = this;
    const isFixed = !mayChange(batch);
    const set = (name, parse = value => value || null) => event =>
      this.edit({[name]: parse(event.target.value)}, {what: `the batch's ${name}`, value: one => one[name]}).then(saved => saved || (event.target.value = text(batch[name])));
    return html`
      <div class="fields panel">
        <label class="field">Pipeline
          <select ?disabled=${isFixed} .value=${batch.pipeline ?? ''} @change=${set('pipeline')}>
            <option value="">chosen when it is run</option>
            ${parameters.pipelines.map(one => html`<option value=${one.name} ?selected=${one.name === batch.pipeline}>${one.name}</option>`)}
          </select>
        </label>
        <label class="field">Output folder <input ?disabled=${isFixed} placeholder="beside the inputs" .value=${batch.output ?? ''} @change=${set('output')}></label>
        <label class="field">Devices at once, at most <input ?disabled=${isFixed} type="number" min="1" placeholder="as many as there are" .value=${text(batch.maxDevices)} @change=${set('maxDevices', value => (value === '' ? null : Number(value)))}></label>
        <fieldset class="defaults">
          <legend>Default parameters</legend>
          ${Object.entries(batch.parameters).map(([name, value]) => this.parameter(name, value, isFixed))}
          ${this.added.filter(name => !(name in batch.parameters)).map(name => this.parameter(name, null, isFixed))}
          ${isFixed ? nothing : this.addition()}
        </fieldset>
      </div>`;
  }

  parameter(name, value, isFixed) {
    return html`
      <label class="field" title=${this.parameters.schema(name).description ?? ''}>${this.parameters.title(name)}
        <input ?disabled=${isFixed} placeholder=${text(this.parameters.schema(name).default)} .value=${text(value)} @change=${event => this.setParameter(name, event.target)}>
      </label>`;
  }

  addition() {
    const names = this.parameters.names().filter(name => !(name in this.batch.parameters) && !this.added.includes(name));
    const add = event => {
      this.added = [...this.added, event.target.value];
      event.target.value = '';
    };
    return html`
      <label class="field">Add a parameter
        <select @change=${add}><option value=""></option>${names.map(name => html`<option value=${name}>${this.parameters.title(name)}</option>`)}</select>
      </label>`;
  }

  async setParameter(name, input) {
    try {
      const value = this.parameters.parse(name, input.value);
      const saved = await this.edit({parameters: {[name]: value}}, {what: this.parameters.title(name), value: one => one.parameters[name]});
      if (saved) {
        return;
      }
    } catch (problem) {
      complain(problem);
    }
    input.value = text(this.batch.parameters[name]);
  }
}

customElements.define('kiln-batch-head', BatchHead);
