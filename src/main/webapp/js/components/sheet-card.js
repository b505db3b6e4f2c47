import {html, nothing} from 'lit';
import {stateBadge} from './state.js';
import {may} from '../core/session.js';
import {time} from '../core/format.js';

const WORDS = {GOOD: 'good', TRY_AGAIN: 'try again', SKIP: 'skip'};

/** How sure the centre is, in words. */
function centreLine({centre, confidence, confidenceReason}) {
  if (centre === null || centre === undefined) {
    return html`<span class="faint">no centre yet</span>`;
  }
  return html`<span class="confidence ${confidence ?? 'given'}" title=${confidenceReason ?? 'a person gave it'}>centre ${centre.toFixed(2)} px, ${confidence ? `${confidence} confidence` : 'as given'}</span>`;
}

function marked({mark, completedAt}) {
  if (!mark) {
    return nothing;
  }
  const isOld = completedAt && completedAt > mark.markedAt;
  return html`<span class="mark ${mark.mark.toLowerCase()}" title="by ${mark.markedBy}, ${time(mark.markedAt)}">${WORDS[mark.mark]}${isOld ? ', before this picture' : ''}</span>`;
}

/** An item on the contact sheet; `actions` are {focus, look, say(mark), again}. */
export function sheetCard(entry, isCurrent, actions) {
  const {name, picture, state, reason, isTry} = entry;
  return html`
    <article class="card ${isCurrent ? 'current' : ''}" role="listitem" tabindex=${isCurrent ? '0' : '-1'} aria-label=${name} @focusin=${actions.focus}>
      <div class="thumb" @click=${actions.look}>
        ${picture
          ? html`<img src="/api/runs/${picture}/preview.png" alt="${isTry ? 'middle image of the try' : 'slice'} of ${name}" loading="lazy" decoding="async">`
          : html`<span class="faint">${state === 'FAILED' ? 'failed' : 'nothing to see yet'}</span>`}
      </div>
      <div class="facts">
        <strong title=${name}>${name}</strong> ${marked(entry)}
        <div>${stateBadge(state, reason ?? '')} ${picture ? html`<span class="faint">${isTry ? 'try' : 'full'}</span>` : nothing}</div>
        <div>${centreLine(entry)}</div>
        ${state === 'FAILED' ? html`<p class="problem reason" title=${reason}>${reason}</p>` : nothing}
      </div>
      ${may('operator')
        ? html`<div class="buttons">
            <button tabindex="-1" @click=${() => actions.say('GOOD')}>Good</button>
            <button tabindex="-1" @click=${actions.again}>Try again</button>
            <button tabindex="-1" @click=${() => actions.say('SKIP')}>Skip</button>
          </div>`
        : nothing}
    </article>`;
}
