import {html, nothing} from 'lit';
import {duration, number} from '../core/format.js';

/** A rate as people read it: slow ones by the time that each takes. */
function pace(ratePerSecond, unit) {
  if (ratePerSecond < 1) {
    return `${duration(1 / ratePerSecond)} a ${unit}`;
  }
  return `${ratePerSecond >= 10 ? number(Math.round(ratePerSecond)) : ratePerSecond.toFixed(1)} ${unit}s/s`;
}

/** How far something is: {done, total, unit, ratePerSecond, etaSeconds}; nothing while that is unknown. */
export function progressBar(progress, label) {
  if (!progress) {
    return nothing;
  }
  const {done, total, unit, ratePerSecond, etaSeconds} = progress;
  const rate = ratePerSecond > 0 ? ` · ${pace(ratePerSecond, unit)}` : '';
  const rest = etaSeconds === null || etaSeconds === undefined || done === total ? '' : ` · ${duration(etaSeconds)} left`;
  return html`
    <span class="progress">
      <progress max=${total} .value=${done} aria-label=${label}></progress>
      <span class="faint">${number(done)}/${number(total)} ${unit}s${rate}${rest}</span>
    </span>`;
}
