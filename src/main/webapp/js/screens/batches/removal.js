import {html, nothing} from 'lit';
import {post} from '../../core/api.js';
import {complain, say} from '../../core/notices.js';
import {bytes, number} from '../../core/format.js';
import {ask} from '../../components/ask.js';
import {counted} from './runs.js';

const AT_ONCE = 50;
const KINDS = ['entries', 'outputs', 'inputs'];

/** Sums what the parts of a removal have answered. */
function sum(reports) {
  const amount = kind => ({
    files: reports.reduce((total, report) => total + report[kind].files, 0),
    bytes: reports.reduce((total, report) => total + report[kind].bytes, 0),
  });
  return {
    entries: reports.reduce((total, report) => total + report.entries, 0),
    outputs: amount('outputs'),
    inputs: amount('inputs'),
    inputsUsedElsewhere: reports.reduce((total, report) => total + report.inputsUsedElsewhere, 0),
    leftOut: reports.flatMap(report => report.leftOut),
    failures: reports.flatMap(report => report.failures),
  };
}

/** Some items at once, so that one can see how far it is. */
async function each(batch, items, order, tell) {
  const reports = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    tell(`${number(from)} of ${counted(items.length, 'item')}`);
    reports.push(await post(`/batches/${batch}/selection/remove`, {...order, items: items.slice(from, from + AT_ONCE)}));
  }
  return sum(reports);
}

/** Asks which of three different things is to go, each with its count and bytes, and removes it. */
export async function removeItems(batch, items) {
  try {
    const plan = await each(batch, items, {entries: true, outputs: true, inputs: true, dryRun: true}, () => {});
    const form = await ask({title: items.length === 1 ? 'Remove' : `Remove of ${counted(items.length, 'item')}`, action: 'Remove', isDanger: true, text: question(plan)});
    const chosen = KINDS.filter(kind => form?.get(kind));
    if (!form || chosen.length === 0) {
      return;
    }
    const order = Object.fromEntries(chosen.map(kind => [kind, true]));
    const report = await each(batch, items, order, items.length > AT_ONCE ? progress => say(`Removing: ${progress}`) : () => {});
    say(outcome(report, chosen));
    if (report.leftOut.length || report.failures.length) {
      await failed(report);
    }
  } catch (problem) {
    complain(problem);
  }
}

const size = ({files, bytes: count}) => `${counted(files, 'file')}, ${bytes(count)}`;

function question(plan) {
  return html`
    <fieldset class="removals">
      <legend>What is to go?</legend>
      <label><input type="checkbox" name="entries" checked> <strong>The items</strong> and the record of their runs: ${counted(plan.entries, 'item')}. No file goes with them.</label>
      <label><input type="checkbox" name="outputs" ?disabled=${plan.outputs.files === 0}> <strong>Their outputs</strong>, published by Kiln: ${size(plan.outputs)}.</label>
      <label class="danger"><input type="checkbox" name="inputs" ?disabled=${plan.inputs.files === 0} @change=${confirmInputs}> <strong>Their input files</strong>, the measured data: ${size(plan.inputs)}.</label>
    </fieldset>
    <label class="field confirm" hidden>To delete measured data, type the number of files: ${plan.inputs.files}
      <input name="sure" inputmode="numeric" autocomplete="off" pattern=${`\\s*${plan.inputs.files}\\s*`}>
    </label>
    ${plan.inputsUsedElsewhere ? html`<p class="problem">${counted(plan.inputsUsedElsewhere, 'other item')} of this batch or others use these input files.</p>` : nothing}
    ${plan.leftOut.length ? html`<p>Left out: ${leftOut(plan)}</p>` : nothing}
    <p class="faint">Files cannot be brought back. Each is written to the audit log. Outputs that other programs have made stay.</p>`;
}

/** Deleting what was measured needs more than a click. */
function confirmInputs(event) {
  const field = event.target.closest('dialog').querySelector('.confirm');
  field.hidden = !event.target.checked;
  field.querySelector('input').required = event.target.checked;
}

const leftOut = report => report.leftOut.map(one => html`<br>${one.itemName}: ${one.reason}`).slice(0, 10);

function outcome(report, chosen) {
  const parts = {
    entries: counted(report.entries, 'item'),
    outputs: `outputs (${size(report.outputs)})`,
    inputs: `inputs (${size(report.inputs)})`,
  };
  return `Removed ${chosen.map(kind => parts[kind]).join(', ')}.`;
}

const failed = report =>
  ask({
    title: 'Not everything could be removed',
    action: 'Close',
    text: html`
      <ul class="failures">
        ${report.failures.map(one => html`<li><span class="code">${one.path}</span> of ${one.itemName}: ${one.reason}</li>`)}
        ${report.leftOut.map(one => html`<li>${one.itemName}: ${one.reason}</li>`)}
      </ul>`,
  });
