import {html} from 'lit';
import {patch, post} from '../core/api.js';
import {act} from '../core/notices.js';
import {mayChange} from '../core/session.js';

/** The images of a try in the order of its files: {slice, rotationAxis} each; null where the run is no try. */
export const tryImages = run => (run?.plan?.details?.images?.length ? run.plan.details.images : null);

export const centre = image => `${image.rotationAxis.toFixed(2)} px`;

/** Takes a centre over as the item's: what is queued from now on uses it. */
export async function takeOver(run, column) {
  return act(
    () => patch(`/batches/${run.batch}/items/${run.item}`, {parameters: {rotationAxis: column, rotationAxisAuto: 'manual'}}),
    item => `The centre of ${item.name} is ${column.toFixed(2)} px now; runs that are queued from now on use it.`,
  );
}

export async function startFull(batch, items) {
  return act(
    () => post(`/batches/${batch}/runs`, {pipeline: 'tomo-full', items}),
    queued => `Queued ${queued.items.length} full reconstruction${queued.items.length === 1 ? '' : 's'}.`,
  );
}

/** Of a try: which slice, which centre, and what can be done with it. */
export function tryControls({run, batch, item, index, images, goTo, takeOver: take, full}) {
  const image = images[index];
  const slices = [...new Set(images.map(one => one.slice))];
  const nearest = slice => images.reduce((best, one, i) => (one.slice === slice && (best < 0 || Math.abs(one.rotationAxis - image.rotationAxis) < Math.abs(images[best].rotationAxis - image.rotationAxis)) ? i : best), -1);
  const current = item?.parameters?.rotationAxis;
  return html`
    <div class="try">
      ${slices.length > 1
        ? html`<label>Slice <select @change=${event => goTo(nearest(Number(event.target.value)))}>
            ${slices.map(slice => html`<option value=${slice} ?selected=${slice === image.slice}>${slice}</option>`)}
          </select></label>`
        : ''}
      <span>Centre <strong class="centre">${centre(image)}</strong></span>
      <span class="faint">${current === undefined || current === null ? 'the item has no centre of its own yet' : `the item's centre is ${Number(current).toFixed(2)} px`}</span>
      ${mayChange(batch)
        ? html`<button class="primary take-over" @click=${take} ?disabled=${current === image.rotationAxis}>Take over ${centre(image)} as the centre</button>
            <button @click=${full} title="Queue a full reconstruction with the item's centre">Start full</button>`
        : ''}
    </div>`;
}

/** Parameters in which two runs differ: [name, one's, other's]. */
export function differences(one, other) {
  const names = [...new Set([...Object.keys(one.parameters), ...Object.keys(other.parameters)])].sort();
  const text = value => (value === undefined || value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value));
  const rows = names.map(name => [name, text(one.parameters[name]), text(other.parameters[name])]).filter(([, left, right]) => left !== right);
  const axes = [one, other].map(run => run.plan?.details?.rotationAxis);
  const used = axes.map(axis => (axis === undefined ? '–' : `${axis.toFixed(2)} px`));
  return used[0] === used[1] ? rows : [...rows, ['centre that was used', ...used]];
}
