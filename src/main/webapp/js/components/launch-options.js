import {html, nothing} from 'lit';
import {time} from '../core/format.js';

/** Options of a launch beside its parameters, as POST /batches/ID/runs takes them; what is not set is left out. */
export const NO_OPTIONS = {target: '', devices: '1', priority: '0', urgent: false, notBefore: '', force: false};

/** @returns members of the order */
export function orderOf(options) {
  const order = {devices: options.devices === 'all' ? 'all' : wholeOr(options.devices), priority: options.urgent ? 'urgent' : wholeOr(options.priority), force: options.force};
  if (options.target) {
    order.target = options.target;
  }
  if (options.notBefore) {
    order.notBefore = new Date(options.notBefore).toISOString();
  }
  return order;
}

/** What is no number is sent as it is: the server says what is wrong with it. */
const wholeOr = text => (/^-?\d+$/.test(text.trim()) ? Number(text) : text);

/** @param {(changes: object) => void} change */
export function launchOptions(options, targets, change) {
  return html`
    <div class="launch-options">
      <label>Target
        <select @change=${event => change({target: event.target.value})}>
          <option value="" .selected=${!options.target}>the batch's</option>
          ${targets.map(one => html`<option .selected=${one.name === options.target}>${one.name}</option>`)}
        </select>
      </label>
      <label>Devices per run
        <input .value=${options.devices} size="6" @change=${event => change({devices: event.target.value})} title="A number, or all">
      </label>
      <label>Priority
        <input .value=${options.priority} size="6" ?disabled=${options.urgent} @change=${event => change({priority: event.target.value})} title="Higher goes first">
      </label>
      <label class="whole">Not before
        <input type="datetime-local" .value=${options.notBefore} @change=${event => change({notBefore: event.target.value})}>
        ${options.notBefore ? html`<span class="faint">${time(new Date(options.notBefore).toISOString())}</span>` : nothing}
      </label>
      <label class="wide"><input type="checkbox" .checked=${options.urgent} @change=${event => change({urgent: event.target.checked})}> Urgent: before all others, and on their devices if need be</label>
      <label class="wide"><input type="checkbox" .checked=${options.force} @change=${event => change({force: event.target.checked})}> Repeat what is done, and replace outputs that Kiln did not make</label>
    </div>`;
}
