import {html} from 'lit';
import {get, patch} from '../../core/api.js';
import {complain, say} from '../../core/notices.js';
import {ask} from '../../components/ask.js';
import {text} from './parameters.js';

/**
 * Saves a change of an item or batch that was made on a version. Where somebody else was faster, both values are shown, and the person chooses.
 *
 * @param {string} path of the thing
 * @param {object} changes a merge patch
 * @param {(document: object) => unknown} value what of the document the change is about
 * @returns {Promise<object|null>} the thing as it is now; null where it was not changed
 */
export async function save(path, changes, version, {what, value}) {
  try {
    const saved = await patch(path, changes, version);
    say(`Saved ${what}.`);
    return saved;
  } catch (problem) {
    if (problem.status === 412) {
      return conflict(path, changes, problem.document, {what, value});
    }
    complain(problem);
    return null;
  }
}

async function conflict(path, changes, {wanted, current, currentVersion}, {what, value}) {
  if (text(value(wanted)) === text(value(current)) || (await isMineKept(what, value(wanted), value(current)))) {
    return save(path, changes, currentVersion, {what, value});
  }
  return get(path).catch(problem => (complain(problem), null));
}

const isMineKept = (what, mine, theirs) =>
  ask({
    title: 'Somebody else has changed it meanwhile',
    action: 'Save mine',
    text: html`
      <p>${what[0].toUpperCase() + what.slice(1)}:</p>
      <dl class="facts">
        <dt>Theirs, saved</dt><dd class="code">${text(theirs) || '(none)'}</dd>
        <dt>Yours</dt><dd class="code">${text(mine) || '(none)'}</dd>
      </dl>
      <p class="faint">Cancel keeps theirs.</p>`,
  });
