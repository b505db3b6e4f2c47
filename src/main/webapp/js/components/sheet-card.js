import {html, nothing} from 'lit';
import {stateBadge} from './state.js';
import {markBadge} from './mark.js';
import {centre} from './try-centre.js';

/** How sure the centre is, in words. */
function centreLine({centre, confidence, confidenceReason}) {
  if (centre === null || centre === undefined) {
    return html`<span class="faint">no centre yet</span>`;
  }
  return html`<span class="confidence ${confidence ?? 'given'}" title=${confidenceReason ?? 'a person gave it'}>centre ${centre.toFixed(2)} px, ${confidence ? `${confidence} confidence` : 'as given'}</span>`;
}

/** A reason with the names of files alone: a card is narrow. */
const withoutFolders = reason => reason.replace(/\/\S+\//g, '');

/** The picture: the one that was published or, of a try that is stepped through, the one of the centre that is looked at. */
function thumb({name, picture, state, isTry}, steps) {
  if (!picture) {
    return html`<span class="faint">${state === 'FAILED' ? 'failed' : 'nothing to see yet'}</span>`;
  }
  return steps?.isMoved
    ? html`<img src=${steps.address} alt="image of ${name} with the centre at ${centre(steps.image)}" decoding="async">`
    : html`<img src="/api/runs/${picture}/preview.png" alt="${isTry ? 'middle image of the try' : 'slice'} of ${name}" loading="lazy" decoding="async">`;
}

/** Goes from centre to centre of a try, and takes one over. */
function stepper(steps, mayChange, actions) {
  const to = (by, sign, label, isEnd) => html`<button tabindex="-1" aria-label="${label} centre" ?disabled=${isEnd} @click=${() => actions.step(by)}>${sign}</button>`;
  return html`
    <div class="steps" role="group" aria-label="Centres of the try">
      ${to(-1, '◂', 'Previous', steps?.at === 0)}
      <span aria-live="polite">${steps?.words ?? 'centres'}</span>
      ${to(1, '▸', 'Next', steps?.at === steps?.images.length - 1)}
      ${mayChange
        ? html`<button tabindex="-1" class="take" ?disabled=${!steps?.image || steps.isTaken} @click=${actions.take}>${steps?.isTaken ? "The item's centre" : 'Make this the centre'}</button>`
        : nothing}
    </div>`;
}

/** An item on the contact sheet; `steps` are of its try, where it was looked at; `actions` are {focus, look, say(mark), again, step(by), take}. */
export function sheetCard(entry, steps, isCurrent, mayChange, actions) {
  const {name, picture, state, reason, isTry, mark, completedAt} = entry;
  return html`
    <article class="card ${isCurrent ? 'current' : ''}" role="listitem" tabindex=${isCurrent ? '0' : '-1'} aria-label=${name} @focusin=${actions.focus}>
      <div class="thumb" @click=${actions.look}>${thumb(entry, steps)}</div>
      <div class="facts">
        <strong title=${name}>${name}</strong> ${markBadge(mark, completedAt)}
        <div>${stateBadge(state, reason ?? '')} ${picture ? html`<span class="faint">${isTry ? 'try' : 'full'}</span>` : nothing}</div>
        <div>${centreLine(entry)}</div>
        ${state === 'FAILED' ? html`<p class="problem reason" title=${reason}>${withoutFolders(reason ?? '')}</p>` : nothing}
        ${picture && isTry ? stepper(steps, mayChange, actions) : nothing}
      </div>
      ${mayChange
        ? html`<div class="buttons">
            <button tabindex="-1" @click=${() => actions.say('GOOD')}>Good</button>
            <button tabindex="-1" @click=${actions.again}>Try again</button>
            <button tabindex="-1" @click=${() => actions.say('SKIP')}>Skip</button>
          </div>`
        : nothing}
    </article>`;
}
