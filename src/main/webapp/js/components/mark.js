import {html, nothing} from 'lit';
import {time} from '../core/format.js';

/** What people say of an item who look at its picture. */
export const MARKS = {GOOD: 'good', TRY_AGAIN: 'wrong centre', SKIP: 'skip'};

/**
 * @param mark {mark, markedBy, markedAt}; null where nobody has said anything
 * @param completedAt when the picture was made that is shown: an older mark was said of another
 */
export function markBadge(mark, completedAt) {
  if (!mark) {
    return nothing;
  }
  const isOld = completedAt && completedAt > mark.markedAt;
  return html`<span class="verdict ${mark.mark.toLowerCase()}" title="by ${mark.markedBy}, ${time(mark.markedAt)}">${MARKS[mark.mark]}${isOld ? ', before this picture' : ''}</span>`;
}
