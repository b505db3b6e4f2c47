import {html, nothing} from 'lit';
import {bytes, duration, number, secondsBetween, time} from '../core/format.js';

const fact = (name, value) => (value === null || value === undefined || value === '' ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`);

function centre(details) {
  const search = details.findings?.rotationAxisSearch;
  const column = details.rotationAxis;
  if (column === undefined) {
    return nothing;
  }
  return html`
    ${fact('Centre of rotation', html`<b>${Number(column).toFixed(2)}</b> px${search ? nothing : html` <span class="faint">as given</span>`}`)}
    ${search ? fact('Confidence', html`<b class=${search.confidence === 'high' ? '' : 'problem'}>${search.confidence}</b> <span class="faint">${search.reason}</span>`) : nothing}`;
}

/** What inspecting the input has found. */
function plan(run) {
  if (!run.plan) {
    return nothing;
  }
  const {units, unitName, outputBytes, details} = run.plan;
  const found = details.findings ?? {};
  return html`
    ${centre(details)}
    ${fact('To be made', `${number(units)} ${unitName}${units === 1 ? '' : 's'}, ${bytes(outputBytes)}`)}
    ${found.projections ? fact('Projections', `${number(found.usedProjections)} used of ${number(found.projections)}, ${number(found.columns)} × ${number(found.rows)} px, ${found.type}`) : nothing}
    ${found.unusablePixels ? fact('Unusable pixels', number(found.unusablePixels)) : nothing}
    ${details.deadFrames?.length ? fact('Dead projections', details.deadFrames.join(', ')) : nothing}`;
}

function preview(run) {
  const address = `/api/runs/${run.id}/preview.png`;
  return run.state === 'COMPLETED'
    ? html`<a class="preview" href="/pictures?run=${run.id}" title="All pictures of this run">
        <img src=${address} alt="A slice of the output" @error=${event => event.target.closest('.preview').remove()}></a>`
    : nothing;
}

/** What the run is, beside the picture of what came out. */
export function facts(run) {
  return html`<aside class="panel run-facts" aria-label="Facts">
    ${preview(run)}
    <dl class="facts">
      ${plan(run)}
      ${fact('Input', html`<span class="code">${run.input}</span>`)}
      ${fact('Output', html`<span class="code">${run.output}</span>`)}
      ${fact('Devices', run.devices.length ? `${run.devices.join(', ')} of ${run.node}` : null)}
      ${fact('Target', run.target)}
      ${fact('Queued', `${time(run.queuedAt)} by ${run.queuedBy}`)}
      ${fact('Not before', run.notBefore ? time(run.notBefore) : null)}
      ${fact('Priority', run.urgent ? 'urgent' : run.priority || null)}
      ${fact('Started', run.startedAt ? time(run.startedAt) : null)}
      ${fact('Ended', run.endedAt ? time(run.endedAt) : null)}
      ${fact('Took', run.startedAt ? `${duration(secondsBetween(run.startedAt, run.endedAt))} since it first started` : null)}
      ${fact('Attempts', run.attempt || null)}
      ${fact('Id', html`<span class="code">${run.id}</span>`)}
    </dl>
  </aside>`;
}
