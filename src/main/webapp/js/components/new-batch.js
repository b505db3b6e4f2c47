import {html} from 'lit';

/** A batch that is not made yet, as a form has it. */
export const NO_BATCH = {name: '', folder: '', pattern: '', output: '', shared: true};

/** @returns the members of POST /batches; what is empty is left out */
export const batchOf = fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/**
 * @param {{path: string}[]} roots whose folders are proposed
 * @param {(changes: object) => void} change
 */
export function newBatch(fields, roots, change) {
  const field = (name, label, more) => html`
    <label class="whole">${label}
      <input .value=${fields[name]} placeholder=${more.placeholder ?? ''} list=${more.list ?? ''} ?required=${more.isRequired} @input=${event => change({[name]: event.target.value})}>
    </label>`;
  return html`
    <div class="launch-options">
      <datalist id="launch-roots">${roots.map(root => html`<option value=${root.path}></option>`)}</datalist>
      ${field('name', 'Name of the new batch', {isRequired: true})}
      ${field('folder', 'Folder of the inputs, in a data root', {isRequired: true, list: 'launch-roots'})}
      ${field('pattern', 'Only files such as', {placeholder: 'all HDF5 files'})}
      ${field('output', 'Folder for outputs', {placeholder: 'beside the inputs', list: 'launch-roots'})}
      <label class="wide"><input type="checkbox" .checked=${fields.shared} @change=${event => change({shared: event.target.checked})}> Other operators may change it, too</label>
    </div>`;
}
