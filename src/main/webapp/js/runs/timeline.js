import {html, nothing} from 'lit';
import {duration, number} from '../core/format.js';
import {setQuery} from '../core/router.js';
import {Span, timeAxis, timeBar, timeGrid} from '../components/timeline.js';

const STEP_TITLES = {inspect: 'Inspect', slabs: 'Compute', publish: 'Publish'};

const ms = instant => (instant ? new Date(instant).getTime() : undefined);

/** What a part of an attempt came to, which ended before the attempt, or with it. */
const stateOfStep = (step, attempt) =>
  ({COMPLETED: 'COMPLETED', FAILED: 'FAILED', STOPPED: 'STOPPED'})[step.batchStatus] ?? attempt.outcome;

const stateOfLane = (lane, attempt) => (lane.done >= lane.total ? 'COMPLETED' : attempt.outcome === 'COMPLETED' ? 'STOPPED' : attempt.outcome);

function row(title, span, bars) {
  return html`<div class="time-row" role="listitem"><div class="title">${title}</div><div class="track">${timeGrid(span)}${bars}</div></div>`;
}

/** Which attempt it was, where there is more than one. */
const numbered = (attempt, attempts) => (attempts.length > 1 ? `#${attempt.number} ` : '');

/** Each attempt as a whole, with the devices that it held. */
function attemptBars(attempts, span, now) {
  return attempts.map(attempt => {
    const from = ms(attempt.startedAt);
    const to = ms(attempt.endedAt) ?? now;
    return timeBar(span, {
      from,
      to,
      state: attempt.outcome,
      label: `${numbered(attempt, attempts)}${attempt.devices.join(', ')} of ${attempt.node}`,
      title: `attempt ${attempt.number} on ${attempt.devices.join(', ')} of ${attempt.node}, ${duration((to - from) / 1000)}${attempt.reason ? `, ${attempt.reason}` : ''}`,
    });
  });
}

function stepBars(name, attempts, span, now) {
  return attempts.flatMap(attempt =>
    attempt.steps
      .filter(step => step.name === name)
      .map(step => {
        const from = ms(step.startedAt);
        const to = ms(step.endedAt) ?? ms(attempt.endedAt) ?? now;
        return timeBar(span, {
          from,
          to,
          state: stateOfStep(step, attempt),
          label: numbered(attempt, attempts) + duration((to - from) / 1000),
          title: `attempt ${attempt.number}, ${name}, ${duration((to - from) / 1000)}`,
        });
      }),
  );
}

function laneBars(device, attempts, span, now, unit) {
  return attempts.flatMap(attempt =>
    attempt.lanes
      .filter(lane => lane.device === device)
      .map(lane => {
        const from = ms(lane.begunAt);
        const to = ms(lane.endedAt) ?? ms(attempt.endedAt) ?? now;
        const seconds = (to - from) / 1000;
        const rate = lane.done > 0 && seconds > 0 ? `, ${(lane.done / seconds).toPrecision(3)} ${unit}s/s` : '';
        return timeBar(span, {
          from,
          to,
          state: stateOfLane(lane, attempt),
          label: `${numbered(attempt, attempts)}${number(lane.done)}/${number(lane.total)} ${unit}s`,
          title: `attempt ${attempt.number} on ${device} of ${attempt.node}: ${lane.done} of ${lane.total} ${unit}s in ${lane.slabs} slabs, ${lane.skipped} skipped, ${duration(seconds)}${rate}`,
          done: lane.done < lane.total ? lane.done / lane.total : undefined,
        });
      }),
  );
}

function spanOf(run, attempts, now) {
  const from = Math.min(...attempts.map(attempt => ms(attempt.startedAt)));
  const to = Math.max(...attempts.map(attempt => ms(attempt.endedAt) ?? now));
  return new Span(from, to + (to - from) * 0.01);
}

function choice(attempts, chosen) {
  return attempts.length < 2
    ? nothing
    : html`<label>Attempts
        <select @change=${event => setQuery({attempt: event.target.value})}>
          <option value="">all ${attempts.length}</option>
          ${attempts.map(attempt => html`<option value=${attempt.number} ?selected=${attempt.number === chosen}>${attempt.number}: ${attempt.outcome === 'QUEUED' ? 'went back to the queue' : attempt.outcome.toLowerCase()}</option>`)}
        </select>
      </label>`;
}

/** Steps and, within the computing one, partitions: a bar for each attempt, on the device that it had. */
export function runTimeline(run, timeline, query) {
  if (timeline.attempts.length === 0) {
    return nothing;
  }
  const now = Date.now();
  const chosen = Number(query.get('attempt')) || undefined;
  const attempts = timeline.attempts.filter(attempt => !chosen || attempt.number === chosen);
  const shown = attempts.length ? attempts : timeline.attempts;
  const span = spanOf(run, shown, now);
  const unit = run.progress?.unit ?? 'unit';
  const steps = [...new Set(shown.flatMap(attempt => attempt.steps.map(step => step.name)))];
  const devices = [...new Set(shown.flatMap(attempt => attempt.lanes.map(lane => lane.device)))].sort();
  return html`<section class="panel run-timeline" aria-label="Timeline">
    <div class="timeline-head"><h2>Timeline</h2>${choice(timeline.attempts, chosen)}</div>
    <div role="list">
      ${row(shown.length > 1 ? 'Attempts' : 'Attempt', span, attemptBars(shown, span, now))}
      ${steps.map(
        name => html`
          ${row(STEP_TITLES[name] ?? name, span, stepBars(name, shown, span, now))}
          ${name === 'slabs' ? devices.map(device => row(html`<span class="device-of-lane">${device}</span>`, span, laneBars(device, shown, span, now, unit))) : nothing}`,
      )}
    </div>
    <div class="time-row"><div></div>${timeAxis(span)}</div>
    ${timeline.skipped.length
      ? html`<p class="problem">Could not be read and hold NaN: ${unit}s ${timeline.skipped.map(range => (range.to - range.from === 1 ? range.from : `${range.from} to ${range.to - 1}`)).join(', ')}</p>`
      : nothing}
  </section>`;
}
