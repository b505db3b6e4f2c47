import {html, nothing} from 'lit';
import {bytes, number, time} from '../core/format.js';
import {mayChange} from '../core/session.js';
import {stateBadge} from './state.js';

const ENDED = ['COMPLETED', 'FAILED', 'STOPPED', 'SKIPPED'];
const ACTIVE = ['RUNNING', 'PUBLISHING', 'QUEUED'];

const clock = instant => time(instant).replace(/:\d\d$/, '');

/** Counts of runs, by state: those of now, and those that ended today. */
export function tiles({today, midnight}) {
  const tile = (state, since) => html`
    <a class="tile" href="/runs?state=${state}">
      <b>${number(today[state] ?? 0)}</b> ${stateBadge(state)} <span class="faint">${since}</span>
    </a>`;
  return html`<div class="tiles">
    ${ACTIVE.map(state => tile(state, 'now'))} ${ENDED.map(state => tile(state, `today, since ${clock(midnight)}`))}
  </div>`;
}

const runLink = run => html`<a href="/runs/${run.id}">${run.itemName}</a> <span class="faint">${run.pipeline} · <a href="/batches/${run.batch}">${run.batchName}</a></span>`;

const more = (waiting, link) =>
  waiting.count > waiting.newest.length ? html`<p><a href=${link}>all ${number(waiting.count)}</a></p>` : nothing;

/** Failed runs whose items have no newer run. */
export function failures({failures: failed}, restart) {
  return html`<section class="panel" aria-label="Failures">
    <h2>Failed, and nobody has looked yet: ${number(failed.count)}</h2>
    ${failed.count === 0 ? html`<p class="faint">No run waits for somebody.</p>` : nothing}
    <ul class="notices-list">
      ${failed.newest.map(
        one => html`<li>
          <div>${runLink(one.run)} <span class="faint">${time(one.since)}, queued by ${one.queuedBy}</span></div>
          <div class="cause">${one.reason}</div>
          <div class="actions">
            <a class="button" href="/runs/${one.run.id}">Open</a>
            ${mayChange({createdBy: one.run.batchCreatedBy, shared: one.run.batchShared}) ? html`<button @click=${() => restart(one)} aria-label="Restart ${one.run.itemName}">Restart</button>` : nothing}
          </div>
        </li>`,
      )}
    </ul>
    ${more(failed, '/runs?state=FAILED')}
  </section>`;
}

/** Running runs that settle nothing for longer than their own pace explains. */
export function stalled({stalled: stuck}) {
  return stuck.count === 0
    ? nothing
    : html`<section class="panel" aria-label="Stalled runs">
        <h2>Stalled: ${number(stuck.count)}</h2>
        <ul class="notices-list">
          ${stuck.newest.map(one => html`<li>${runLink(one.run)} <span class="problem">no progress since ${time(one.since)}</span></li>`)}
        </ul>
        ${more(stuck, '/runs?state=RUNNING')}
      </section>`;
}

/** How many runs wait, why, and which are next. */
export function queue({queue: waiting}) {
  return html`<section class="panel" aria-label="Queue">
    <h2>Queue: ${number(waiting.length)}</h2>
    ${waiting.length === 0 ? html`<p class="faint">Nothing waits.</p>` : nothing}
    <table>
      <tbody>
        ${waiting.reasons.map(one => html`<tr><td class="number">${number(one.runs)}</td><td>${one.reason}</td></tr>`)}
      </tbody>
    </table>
    ${waiting.length > waiting.looked ? html`<p class="faint">Reasons of the first ${number(waiting.looked)}.</p>` : nothing}
    ${waiting.next.length
      ? html`<h3>Next for a device</h3>
          <ol class="next">
            ${waiting.next.map(
              one => html`<li>${runLink(one.run)}
                ${one.urgent ? html`<b>urgent</b>` : nothing}
                ${one.devices === 1 ? nothing : html`<span class="faint">on ${one.devices === 0 ? 'all devices of a node' : `${one.devices} devices`}</span>`}</li>`,
            )}
          </ol>`
      : nothing}
  </section>`;
}

/** How full the data roots' file systems are. */
export function disks({disks: all}) {
  return html`<section class="panel" aria-label="Disks">
    <h2>Disk space of the data roots</h2>
    ${all.map(disk => {
      if (disk.freeBytes === null) {
        return html`<div class="disk"><span class="code">${disk.path}</span><span class="problem">its file system does not answer</span></div>`;
      }
      const isLow = disk.freeBytes < disk.reserveBytes;
      return html`<div class="disk">
        <span><span class="code">${disk.path}</span> <span class="faint">${disk.kind === 'RESULTS' ? 'results' : 'data'}</span></span>
        <meter min="0" max=${disk.totalBytes} low=${disk.reserveBytes} optimum=${disk.totalBytes} .value=${disk.freeBytes} aria-label="free space of ${disk.path}"></meter>
        <span class=${isLow ? 'problem' : 'faint'}>${bytes(disk.freeBytes)} free of ${bytes(disk.totalBytes)}; runs start while ${bytes(disk.reserveBytes)} are free</span>
      </div>`;
    })}
  </section>`;
}
