import {html} from 'lit';
import {post} from '../core/api.js';
import {act} from '../core/notices.js';
import {ask} from './ask.js';

/** Asks for another centre, or a wider range, and queues a try of the item with it. Answers what was queued; undefined where nothing was. */
export async function tryAgain(batch, entry) {
  const answer = await ask({
    title: `Try ${entry.name} again`,
    action: 'Queue the try',
    text: html`
      <p class="faint">The try shows the slice with the axis of rotation at each column of the range. Without a centre the scan itself is asked again.</p>
      <div class="chooser">
        <label>Centre of the range, px <input name="centre" type="number" step="any" min="0" autofocus .value=${entry.centre === null ? '' : entry.centre.toFixed(2)}></label>
        <label>To either side, px <input name="width" type="number" step="any" min="0" value="50" required></label>
        <label>Step, px <input name="step" type="number" step="any" min="0.01" value="0.5" required></label>
      </div>`,
  });
  if (!answer) {
    return undefined;
  }
  const centre = answer.get('centre');
  const parameters = {centerSearchWidth: Number(answer.get('width')), centerSearchStep: Number(answer.get('step'))};
  Object.assign(parameters, centre === '' ? {rotationAxisAuto: 'auto', rotationAxis: null} : {rotationAxis: Number(centre), rotationAxisAuto: 'manual'});
  return act(
    () => post(`/batches/${batch}/runs`, {pipeline: 'tomo-try', items: [entry.item], parameters, force: true}),
    queued => `Queued ${queued.items.length === 1 ? 'a try' : 'nothing'} of ${entry.name}.`,
  );
}
