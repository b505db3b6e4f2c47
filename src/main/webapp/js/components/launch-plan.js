import {html, nothing} from 'lit';
import {number} from '../core/format.js';

const SHOWN = 500;

const rest = (list, what) => (list.length > SHOWN ? html`<p class="faint">and ${number(list.length - SHOWN)} more ${what}</p>` : nothing);

/** What a dry run says: {items: [runs], leftOut: [{itemName, reason}]}. */
export function launchPlan(plan) {
  const queued = plan.items.filter(run => run.state === 'QUEUED');
  const skipped = plan.items.filter(run => run.state === 'SKIPPED');
  const leftOut = [...skipped, ...plan.leftOut];
  return html`
    <section class="panel launch-plan" aria-label="What would be done">
      <h2>${number(queued.length)} ${queued.length === 1 ? 'run' : 'runs'} would be queued${leftOut.length ? `, ${number(leftOut.length)} ${leftOut.length === 1 ? 'item' : 'items'} left out` : ''}</h2>
      ${queued.length
        ? html`
            <div class="scroll">
              <table>
                <thead><tr><th>Item</th><th>Pipeline</th><th>Target</th><th>Output</th></tr></thead>
                <tbody>
                  ${queued.slice(0, SHOWN).map(run => html`<tr><td>${run.itemName}</td><td>${run.pipeline}</td><td>${run.target}</td><td class="code">${run.output}</td></tr>`)}
                </tbody>
              </table>
            </div>
            ${rest(queued, 'runs')}`
        : html`<p class="faint">Nothing is left to do with these parameters. "Repeat what is done" does it again.</p>`}
      ${leftOut.length
        ? html`
            <h3>Left out</h3>
            <div class="scroll">
              <table>
                <thead><tr><th>Item</th><th>Why</th></tr></thead>
                <tbody>${leftOut.slice(0, SHOWN).map(one => html`<tr><td>${one.itemName}</td><td>${one.reason}</td></tr>`)}</tbody>
              </table>
            </div>
            ${rest(leftOut, 'items')}`
        : nothing}
    </section>`;
}
