import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {bounds, control, isSame, withUnit} from './schema-field.js';

/**
 * A form for parameters, made from their JSON Schema. What is set in it is `given`; where nothing is, `inherited` counts, and then the default. Each change
 * sends the event `kiln-parameters` with {given}.
 *
 * - schema: as GET /pipelines/NAME answers it in `parameters`
 * - inherited: values from elsewhere, such as the batch's, and `origin`: what that is called
 * - own: name → how many items have a value of their own
 * - problems: [{parameter, message}] as the server refuses; one without a parameter stands at each field that it names
 */
class SchemaForm extends KilnElement {
  static properties = {
    schema: {attribute: false},
    inherited: {attribute: false},
    origin: {},
    own: {attribute: false},
    given: {attribute: false},
    problems: {attribute: false},
    search: {state: true},
    onlyChanged: {state: true},
  };

  constructor() {
    super();
    Object.assign(this, {schema: null, inherited: {}, origin: 'the batch', own: {}, given: {}, problems: [], search: '', onlyChanged: false});
  }

  fields() {
    return Object.entries(this.schema.properties).map(([name, schema]) => {
      const isGiven = name in this.given;
      const base = name in this.inherited ? this.inherited[name] : schema.default;
      const value = isGiven ? this.given[name] : base;
      return {name, schema, isGiven, value, title: schema.title ?? name, differs: !isSame(value, schema.default), messages: this.messagesOf(name)};
    });
  }

  messagesOf(name) {
    const isNamedIn = text => new RegExp(`\\b${name}\\b`).test(text);
    return this.problems.filter(problem => (problem.parameter ? problem.parameter === name : isNamedIn(problem.message))).map(problem => problem.message);
  }

  isShown(field) {
    if (field.messages.length) {
      return true;
    }
    if (field.schema['x-effect'] === false && !field.isGiven) {
      return false;
    }
    const sought = this.search.toLowerCase();
    const isFound = !sought || [field.name, field.title, field.schema.description].some(text => text.toLowerCase().includes(sought));
    return isFound && (!this.onlyChanged || field.differs || field.isGiven);
  }

  set(name, value) {
    const given = {...this.given};
    if (value === undefined) {
      delete given[name];
    } else {
      given[name] = value;
    }
    this.given = given;
    this.dispatchEvent(new CustomEvent('kiln-parameters', {detail: {given}, bubbles: true}));
  }

  render() {
    if (!this.schema) {
      return nothing;
    }
    const fields = this.fields();
    const shown = fields.filter(field => this.isShown(field));
    const groups = Map.groupBy(shown, field => field.schema['x-group'] ?? 'Parameters');
    const changed = fields.filter(field => field.differs).length;
    const idle = fields.filter(field => field.schema['x-effect'] === false && !field.isGiven).map(field => field.name);
    return html`
      <div class="schema-bar">
        <input type="search" aria-label="Search parameters" placeholder="Search parameters" .value=${this.search} @input=${event => (this.search = event.target.value)}>
        <label><input type="checkbox" .checked=${this.onlyChanged} @change=${event => (this.onlyChanged = event.target.checked)}> only what differs from the default (${changed})</label>
      </div>
      ${[...groups].map(([group, members]) => html`
        <fieldset class="schema-group">
          <legend>${group}</legend>
          ${members.map(field => this.row(field))}
        </fieldset>`)}
      ${shown.length ? nothing : html`<p class="empty">${this.search ? `No parameter has "${this.search}" in its name or help.` : 'Everything is as by default.'}</p>`}
      ${idle.length ? html`<p class="faint">Without effect here, and so left out: ${idle.join(', ')}.</p>` : nothing}`;
  }

  row(field) {
    const {name, schema, title, value, differs, isGiven, messages} = field;
    const id = `parameter-${name}`;
    const own = this.own[name];
    return html`
      <div class="schema-field ${differs ? 'differs' : ''} ${messages.length ? 'wrong' : ''}">
        <label for=${id}>${title}${title === name ? nothing : html` <code class="faint">${name}</code>`}</label>
        <span class="schema-control">
          ${control({id, schema, value, isWrong: messages.length > 0, change: changed => this.set(name, changed)})}
          ${schema.unit ? html`<span class="faint">${schema.unit}</span>` : nothing}
          ${this.mark(field)}
        </span>
        <div id="${id}-help" class="schema-help">
          ${messages.map(message => html`<div class="problem">${message}</div>`)}
          ${own ? html`<div class="schema-own">${own === 1 ? '1 item has' : `${own} items have`} a value of ${own === 1 ? 'its' : 'their'} own${isGiven ? ', which this one goes over' : ''}.</div>` : nothing}
          <div>${schema.description}</div>
          <div class="faint">default ${withUnit(schema.default, schema)}${bounds(schema) ? ` · ${bounds(schema)}` : ''}</div>
        </div>
      </div>`;
  }

  /** Says where a value comes from that is not the default, and sets it back. */
  mark({name, schema, title, differs, isGiven}) {
    if (isGiven) {
      const to = name in this.inherited ? `${this.origin}'s value, ${withUnit(this.inherited[name], schema)}` : `the default, ${withUnit(schema.default, schema)}`;
      return html`<span class="schema-mark">set here</span>
        <button type="button" class="plain" title="Set back to ${to}" aria-label="Set ${title} back to ${to}" @click=${() => this.set(name, undefined)}>↺</button>`;
    }
    if (differs) {
      const to = `the default, ${withUnit(schema.default, schema)}`;
      return html`<span class="schema-mark">from ${this.origin}</span>
        <button type="button" class="plain" title="Set to ${to}" aria-label="Set ${title} to ${to}" @click=${() => this.set(name, schema.default)}>↺</button>`;
    }
    return nothing;
  }
}

customElements.define('kiln-schema-form', SchemaForm);
