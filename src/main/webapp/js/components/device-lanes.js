import {html, nothing} from 'lit';
import {bytes, duration} from '../core/format.js';
import {progressBar} from './progress.js';
import {Span, timeAxis, timeBar, timeGrid} from './timeline.js';

const STEP = 1000;

/** Which waiting run is likely to go to which device: the next ones, in the order in which the devices are likely to be free. */
function likelyNext(overview, progress, now) {
  const lanes = overview.nodes
    .filter(node => node.alive && !node.draining)
    .flatMap(node => node.devices.map(lane => ({node, lane})))
    .filter(({lane}) => !lane.device.quarantined && !lane.device.occupiedBy)
    .map(({node, lane}) => ({key: `${node.name}/${lane.device.id}`, freeAt: freeAt(lane, progress, now)}))
    .sort((one, other) => one.freeAt - other.freeAt);
  const next = new Map();
  overview.queue.next.forEach(run => {
    const wanted = run.devices === 0 ? lanes.length : run.devices;
    lanes.splice(0, wanted).forEach(lane => next.set(lane.key, run));
  });
  return next;
}

function freeAt(lane, progress, now) {
  const current = lane.bars.find(bar => !bar.to);
  if (!current) {
    return now;
  }
  const eta = progress.get(current.run.id)?.etaSeconds;
  return eta === null || eta === undefined ? Infinity : now + eta * 1000;
}

function barOf(bar, span, now) {
  const to = bar.to ? new Date(bar.to).getTime() : now;
  const from = new Date(bar.from).getTime();
  const took = duration((to - from) / 1000);
  return timeBar(span, {
    from,
    to,
    state: bar.outcome,
    label: bar.run.itemName,
    title: `${bar.run.pipeline} of ${bar.run.itemName} (${bar.run.batchName}), attempt ${bar.attempt}, ${took}${bar.reason ? `, ${bar.reason}` : ''}`,
    href: `/runs/${bar.run.id}`,
  });
}

function present(lane, progress, now, next) {
  const {device} = lane;
  const current = lane.bars.find(bar => !bar.to);
  if (current) {
    return html`
      <a href="/runs/${current.run.id}">${current.run.itemName}</a>
      <span class="faint">${current.run.pipeline}, for ${duration(Math.max(0, Math.floor((now - new Date(current.from)) / STEP)))}</span>
      ${progressBar(progress.get(current.run.id), `progress of ${current.run.itemName}`)}`;
  }
  if (device.quarantined) {
    return html`<span class="problem">left alone: ${device.quarantined}</span> <a href="/nodes">Nodes</a>`;
  }
  if (device.occupiedBy) {
    return html`<span class="problem">used by others: ${device.occupiedBy}</span>`;
  }
  return html`<span class="faint">free${next ? '' : '; nothing waits for it'}</span>`;
}

function laneOf(node, lane, span, progress, now, next) {
  const {device} = lane;
  const busy = device.busyPercent === null ? '' : ` · ${device.busyPercent} % busy`;
  return html`
    <div class="lane" role="listitem" aria-label="${device.id} of ${node.name}">
      <div class="device"><b>${device.id}</b> <span class="faint">${device.title} · ${bytes(device.memoryBytes)}${busy}</span></div>
      <div class="track">${timeGrid(span)}${lane.bars.map(bar => barOf(bar, span, now))}</div>
      <div class="present">
        ${present(lane, progress, now, next)}
        ${next ? html`<div class="faint" title="in the order in which devices are likely to be free">likely next: <a href="/runs/${next.run.id}">${next.run.itemName}</a> ${next.run.pipeline}</div>` : nothing}
      </div>
    </div>`;
}

/** A lane for each device of every node: what it did over time, what it does, and what is likely to be next. */
export function deviceLanes(overview, progress, now) {
  const span = new Span(now - (new Date(overview.at) - new Date(overview.since)), now);
  const next = likelyNext(overview, progress, now);
  return html`<section class="panel lanes" aria-label="Devices">
    ${overview.nodes.map(
      node => html`
        <h2>${node.name}
          ${node.alive ? nothing : html`<span class="problem">is not heard of: its runs go to other nodes</span>`}
          ${node.draining ? html`<span class="problem">takes no runs (drained)</span>` : nothing}
        </h2>
        <div role="list">
          ${node.devices.map(lane => laneOf(node, lane, span, progress, now, next.get(`${node.name}/${lane.device.id}`)))}
        </div>
        <div class="lane"><span></span>${timeAxis(span)}<span></span></div>`,
    )}
    ${overview.nodes.length ? nothing : html`<p class="empty">No server node has registered yet.</p>`}
  </section>`;
}
