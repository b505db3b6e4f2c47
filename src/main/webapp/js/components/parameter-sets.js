import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {pages, patch, post, query, remove} from '../core/api.js';
import {act, complain} from '../core/notices.js';
import {may, session} from '../core/session.js';
import {number} from '../core/format.js';
import {ask} from './ask.js';

/**
 * Parameter sets of a pipeline: use one, save one, delete one, give one to items. Using one sends the event `kiln-use-set` with {parameters}.
 *
 * - pipeline: its name
 * - values: the parameters that saving keeps
 * - batch, choice: whose items get a set: choice is {items} or {from} or {} for all, as POST /batches/ID/runs takes it
 */
class ParameterSets extends KilnElement {
  static properties = {
    pipeline: {},
    values: {attribute: false},
    batch: {},
    choice: {attribute: false},
    sets: {state: true},
    chosen: {state: true},
  };

  constructor() {
    super();
    Object.assign(this, {values: {}, choice: {}, sets: [], chosen: ''});
  }

  willUpdate(changed) {
    if (changed.has('pipeline') && this.pipeline) {
      this.load();
    }
  }

  async load() {
    try {
      const sets = [];
      for await (const page of pages('/parameter-sets' + query({pipeline: this.pipeline}))) {
        sets.push(...page);
      }
      this.sets = sets.sort((one, other) => one.name.localeCompare(other.name));
      if (!this.current) {
        this.chosen = '';
      }
    } catch (problem) {
      complain(problem);
    }
  }

  get current() {
    return this.sets.find(set => set.id === this.chosen);
  }

  use() {
    this.dispatchEvent(new CustomEvent('kiln-use-set', {detail: {parameters: this.current.parameters}, bubbles: true}));
  }

  async saveAs() {
    const answer = await ask({
      title: 'Save as a parameter set',
      text: html`
        <p>It keeps the ${Object.keys(this.values).length} parameters that differ from their defaults.</p>
        <p><label>Name <input name="name" required maxlength="200" autofocus></label></p>
        <p><label><input type="checkbox" name="shared"> others see and use it, too</label></p>`,
      action: 'Save',
    });
    if (answer) {
      const content = {name: answer.get('name'), pipeline: this.pipeline, parameters: this.values, shared: answer.has('shared')};
      const saved = await act(() => post('/parameter-sets', content), set => `Saved the parameter set "${set.name}".`);
      if (saved) {
        await this.load();
        this.chosen = saved.id;
      }
    }
  }

  async save() {
    const set = this.current;
    const answer = await ask({title: `Save over "${set.name}"?`, text: html`<p>Its ${Object.keys(set.parameters).length} parameters are replaced by these ${Object.keys(this.values).length}.</p>`, action: 'Save over it'});
    if (answer) {
      await act(() => patch(`/parameter-sets/${set.id}`, {parameters: this.values}, set.version), `Saved over the parameter set "${set.name}".`);
      await this.load();
    }
  }

  async delete() {
    const set = this.current;
    const answer = await ask({title: `Delete the parameter set "${set.name}"?`, text: html`<p>Items that were given it keep what they were given.</p>`, action: 'Delete', isDanger: true});
    if (answer) {
      await act(() => remove(`/parameter-sets/${set.id}`), `Deleted the parameter set "${set.name}".`);
      await this.load();
    }
  }

  async give() {
    const set = this.current;
    const count = this.choice.items ? `the ${number(this.choice.items.length)} chosen items` : this.choice.from ? 'the items from the chosen one on' : 'all items of the batch';
    const answer = await ask({
      title: `Give "${set.name}" to ${count}?`,
      text: html`
        <p>They keep these parameters for every run that is queued from now on.</p>
        <p><label><input type="checkbox" name="replace"> forget the parameters that they have of their own</label></p>`,
      action: 'Give',
    });
    if (answer) {
      const use = {batch: this.batch, ...this.choice, replace: answer.has('replace')};
      const done = await act(() => post(`/parameter-sets/${set.id}/apply`, use), given => `${number(given.items)} items were changed.`);
      if (done) {
        this.dispatchEvent(new CustomEvent('kiln-items-changed', {bubbles: true}));
      }
    }
  }

  render() {
    const set = this.current;
    const isMine = set && (set.owner === session.user || may('admin'));
    return html`
      <div class="sets">
        <label>Parameter set
          <select @change=${event => (this.chosen = event.target.value)}>
            <option value="" .selected=${!this.chosen}>${this.sets.length ? 'choose …' : 'none is saved yet'}</option>
            ${this.sets.map(one => html`<option value=${one.id} .selected=${one.id === this.chosen}>${one.name}${one.owner === session.user ? '' : ` (${one.owner})`}${one.shared ? ', shared' : ''}</option>`)}
          </select>
        </label>
        <button type="button" ?disabled=${!set} @click=${this.use}>Use</button>
        ${may('operator')
          ? html`
              <button type="button" @click=${this.saveAs}>Save as …</button>
              ${isMine ? html`<button type="button" @click=${this.save}>Save over</button><button type="button" class="danger" @click=${this.delete}>Delete</button>` : nothing}
              ${set && this.batch ? html`<button type="button" @click=${this.give}>Give to items …</button>` : nothing}`
          : nothing}
      </div>`;
  }
}

customElements.define('kiln-parameter-sets', ParameterSets);
