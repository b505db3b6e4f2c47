import {html, nothing} from 'lit';
import {duration, secondsBetween, time} from '../core/format.js';
import {stateBadge} from '../components/state.js';

const outcome = attempt =>
  attempt.outcome === 'QUEUED' ? html`<span class="state queued">back to the queue</span>` : stateBadge(attempt.outcome);

/** The attempts with JBeret's executions: its word for each stands beside the run's, and may differ. */
export function attemptTable(timeline) {
  if (timeline.attempts.length === 0) {
    return html`<p class="faint">Nothing was executed yet.</p>`;
  }
  return html`<div class="scroll"><table aria-label="Attempts">
    <thead><tr>
      <th class="number">Attempt</th><th>Came to</th><th>Node</th><th>Devices</th><th class="number">Began</th><th class="number">Took</th>
      <th class="number">JBeret execution</th><th>BatchStatus</th><th>Why</th>
    </tr></thead>
    <tbody>
      ${timeline.attempts.map(
        attempt => html`<tr>
          <td class="number">${attempt.number}</td>
          <td>${outcome(attempt)}</td>
          <td>${attempt.node}</td>
          <td>${attempt.devices.join(', ')}</td>
          <td class="number">${time(attempt.startedAt)}</td>
          <td class="number">${duration(secondsBetween(attempt.startedAt, attempt.endedAt))}</td>
          <td class="number"><a href="/jobs/${attempt.execution}">${attempt.execution}</a></td>
          <td>${attempt.batchStatus ?? 'forgotten'}${attempt.exitStatus && attempt.exitStatus !== attempt.batchStatus ? html` <span class="faint">${attempt.exitStatus}</span>` : nothing}</td>
          <td class="reason">${attempt.failure?.message ?? attempt.reason ?? ''}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

/** Every change of the run's state that is still kept. */
export function changeTable(timeline) {
  return html`<div class="scroll"><table aria-label="Changes of state">
    <thead><tr><th class="number">Time</th><th class="number">Attempt</th><th>State</th><th>Why</th></tr></thead>
    <tbody>
      ${timeline.changes.map(
        change => html`<tr><td class="number">${time(change.at)}</td><td class="number">${change.attempt}</td><td>${stateBadge(change.state)}</td><td class="reason">${change.reason ?? ''}</td></tr>`,
      )}
    </tbody>
  </table></div>`;
}
