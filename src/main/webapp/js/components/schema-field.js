import {html, nothing} from 'lit';

/** @returns {{kind: 'boolean'|'integer'|'number'|'string'|'array', isNullable: boolean}} */
export function typeOf(schema) {
  const types = [schema.type].flat();
  return {kind: types.find(type => type !== 'null'), isNullable: types.includes('null')};
}

/** Whether two values of a parameter are the same. */
export const isSame = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** A value as text: lists with commas, what is missing as a dash. */
export function textOf(value) {
  if (value === null || value === undefined) {
    return 'none';
  }
  if (Array.isArray(value)) {
    return value.length ? value.join(', ') : 'empty';
  }
  return value === true ? 'yes' : value === false ? 'no' : String(value);
}

/** A value with its unit. */
export const withUnit = (value, schema) =>
  textOf(value) + (schema.unit && value !== null && value !== undefined && value.length !== 0 ? ` ${schema.unit}` : '');

/** What is allowed, as `0 to 3 px` or `at least 0`; empty where everything is. */
export function bounds(schema) {
  const {minimum, maximum} = schema.items ?? schema;
  const unit = schema.unit ? ` ${schema.unit}` : '';
  if (minimum !== undefined && maximum !== undefined) {
    return `${minimum} to ${maximum}${unit}`;
  }
  return minimum !== undefined ? `at least ${minimum}${unit}` : maximum !== undefined ? `at most ${maximum}${unit}` : '';
}

/** What a text means; undefined where it is empty and the parameter needs a value. What is no number stays a text: the server says what is wrong with it. */
function read(text, schema) {
  const {kind, isNullable} = typeOf(schema);
  const trimmed = text.trim();
  if (kind === 'array') {
    const isNumeric = schema.items.type !== 'string';
    return trimmed.split(/[,;\s]+/).filter(Boolean).map(one => (isNumeric ? asNumber(one) : one));
  }
  if (trimmed === '') {
    return isNullable ? null : undefined;
  }
  return kind === 'string' ? trimmed : asNumber(trimmed);
}

const asNumber = text => (Number.isNaN(Number(text)) ? text : Number(text));

/**
 * The control of one parameter.
 *
 * @param {{id: string, schema: object, value: any, isWrong: boolean, change: (value: any) => void}} field change gets undefined where the field was emptied
 */
export function control({id, schema, value, isWrong, change}) {
  const {kind, isNullable} = typeOf(schema);
  const invalid = isWrong ? 'true' : nothing;
  if (kind === 'boolean') {
    return html`<input id=${id} type="checkbox" aria-describedby="${id}-help" aria-invalid=${invalid} .checked=${value === true}
      @change=${event => change(event.target.checked)}>`;
  }
  if (schema.enum) {
    return html`
      <select id=${id} aria-describedby="${id}-help" aria-invalid=${invalid} @change=${event => change(event.target.value === '' ? null : event.target.value)}>
        ${schema.enum.map(one => html`<option value=${one ?? ''} .selected=${isSame(one, value)}>${one ?? 'none'}</option>`)}
      </select>`;
  }
  const isNumber = kind === 'integer' || kind === 'number';
  return html`<input id=${id} type="text" inputmode=${isNumber ? 'decimal' : 'text'} aria-describedby="${id}-help" aria-invalid=${invalid} autocomplete="off" spellcheck="false"
    placeholder=${isNullable ? 'none' : nothing} .value=${value === null || value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value)}
    @change=${event => change(read(event.target.value, schema))}>`;
}
