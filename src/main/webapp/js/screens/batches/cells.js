import {html, nothing} from 'lit';
import {fileName, number, time} from '../../core/format.js';
import {mayChange} from '../../core/session.js';
import {complain} from '../../core/notices.js';
import {markBadge} from '../../components/mark.js';
import {progressBar} from '../../components/progress.js';
import {stateBadge} from '../../components/state.js';
import {save} from './edits.js';
import {isActive, newest} from './rows.js';
import {text} from './parameters.js';

/** A field in a cell: Enter saves, Escape takes back, what is unchanged is left alone. Text where the batch is not the user's to change. */
function field(page, {label, value, placeholder = '', isNumber = false, change}) {
  if (!mayChange(page.about)) {
    return html`<span class=${isNumber ? 'number' : ''}>${value || html`<span class="faint">${placeholder}</span>`}</span>`;
  }
  const changed = async event => {
    const input = event.target;
    if (input.value !== value && !(await change(input.value))) {
      input.value = value;
    }
  };
  const pressed = event => {
    if (event.key === 'Enter') {
      event.target.blur();
    } else if (event.key === 'Escape') {
      event.target.value = value;
      event.target.blur();
    }
  };
  return html`<input class="cell" aria-label=${label} placeholder=${placeholder} inputmode=${isNumber ? 'decimal' : nothing} autocomplete="off" spellcheck="false" .value=${value} @change=${changed} @keydown=${pressed}>`;
}

async function edit(page, row, changes, about) {
  const saved = await save(`/batches/${page.batch}/items/${row.id}`, changes, row.version, about);
  if (saved) {
    page.rows.edited(row.id, saved);
  }
  return saved;
}

export const name = (page, row) => html`
  <span class="with-marks" title=${row.input}>
    ${field(page, {
      label: `Name of ${row.name}`,
      value: row.name,
      placeholder: fileName(row.input),
      change: typed => edit(page, row, {name: typed}, {what: `the name of ${row.name}`, value: item => item.name}),
    })}
    ${row.inputMissing ? html`<span class="mark problem" title="${row.input} was gone when it was last looked for">input missing</span>` : nothing}
  </span>`;

export function parameter(page, row, column) {
  const {parameters, about} = page;
  const types = [parameters.schema(column).type].flat();
  return field(page, {
    label: `${parameters.title(column)} of ${row.name}`,
    value: text(row.parameters[column]),
    placeholder: text(about.parameters[column] ?? parameters.schema(column).default) || (types.includes('null') ? 'automatic' : ''),
    isNumber: types.includes('number') || types.includes('integer'),
    change: typed => {
      let value;
      try {
        value = parameters.parse(column, typed);
      } catch (problem) {
        complain(problem);
        return null;
      }
      const about = {what: `${parameters.title(column)} of ${row.name}`, value: item => item.parameters[column]};
      return edit(page, row, {parameters: {[column]: value}}, about);
    },
  });
}

export const comment = (page, row) =>
  field(page, {
    label: `Comment on ${row.name}`,
    value: row.comment,
    change: typed => edit(page, row, {comment: typed}, {what: `the comment on ${row.name}`, value: item => item.comment}),
  });

export function state(row) {
  const run = newest(row);
  return html`${stateBadge(row.state, run?.reason ?? '')}${run?.stalled ? html` <span class="mark problem" title="It settles nothing for longer than its own pace explains">stalled</span>` : nothing}`;
}

/** What somebody has said of it who looked at its picture. */
export const mark = row => markBadge(row.mark);

/** How far the newest run is; else why it is where it is. */
export function progress(row) {
  const run = newest(row);
  if (run && isActive(run.state)) {
    return run.progress ? progressBar(run.progress, `Progress of ${row.name}`) : html`<span class="faint">begins</span>`;
  }
  const reason = run?.reason?.replaceAll(row.input, fileName(row.input));
  return reason ? html`<span class="reason ${run.state === 'FAILED' ? 'problem' : 'faint'}" title=${run.reason}>${reason}</span>` : nothing;
}

/** The newest run of a kind, or what another program has left of it. */
export function run(row, which, kind) {
  const last = row[which];
  const found = row.found.find(one => one.kind === kind);
  if (last) {
    return html`
      <a class="run" href="/runs/${last.id}" title=${last.reason ?? `Show the ${kind}`}>
        ${stateBadge(last.state)}
        <span class="when">${time(last.endedAt ?? last.startedAt ?? last.queuedAt)}</span>
      </a>${last.incomplete ? html`<span class="mark problem" title="${number(last.skipped)} could not be read">incomplete</span>` : nothing}`;
  }
  return found ? html`<span class="mark" title="${number(found.files)} files in ${found.output}, ${time(found.modified)}">found: ${kind} by ${found.by}</span>` : nothing;
}
