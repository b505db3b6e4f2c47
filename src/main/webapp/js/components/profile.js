import {html, svg, nothing} from 'lit';
import {value} from './values.js';

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 72;
const BOTTOM = 20;

/** The part of a picture that holds a line, in whole pixels, within its extent. */
export function around({from, to}, {width, height}) {
  const x = Math.max(0, Math.floor(Math.min(from.x, to.x)) - 1);
  const y = Math.max(0, Math.floor(Math.min(from.y, to.y)) - 1);
  const right = Math.min(width, Math.ceil(Math.max(from.x, to.x)) + 1);
  const bottom = Math.min(height, Math.ceil(Math.max(from.y, to.y)) + 1);
  return {x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y)};
}

/**
 * Values along a line, one a pixel, interpolated between the four nearest.
 *
 * @param part as {@link around} gives it
 * @param data of that part: {values, width, height, rows, columns}
 * @returns {{distance: number, value: number}[]} distances in pixels
 */
export function profile({from, to}, part, data) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const count = Math.max(1, Math.ceil(length));
  const at = (x, y) => data.values[Math.min(data.height - 1, Math.max(0, y)) * data.width + Math.min(data.width - 1, Math.max(0, x))];
  return Array.from({length: count + 1}, (_, i) => {
    const x = (from.x + ((to.x - from.x) * i) / count - part.x) / data.columns - 0.5;
    const y = (from.y + ((to.y - from.y) * i) / count - part.y) / data.rows - 0.5;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, below] = [x - left, y - top];
    const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
    const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
    return {distance: (length * i) / count, value: upper * (1 - below) + lower * below};
  });
}

/** Profiles over one another: [{points, name}], distances in pixels. */
export function profilePlot(profiles, unit) {
  const finite = profiles.flatMap(({points}) => points.map(point => point.value)).filter(Number.isFinite);
  if (finite.length < 2) {
    return nothing;
  }
  const low = finite.reduce((one, other) => Math.min(one, other));
  const high = finite.reduce((one, other) => Math.max(one, other), low + 1e-12);
  const length = Math.max(...profiles.map(({points}) => points.at(-1).distance));
  const x = distance => LEFT + (distance / (length || 1)) * (WIDTH - LEFT - 8);
  const y = number => 8 + ((high - number) / (high - low || 1)) * (HEIGHT - BOTTOM - 8);
  const path = points => {
    let pen = 'M';
    return points.map(point => {
      if (!Number.isFinite(point.value)) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(point.distance).toFixed(1)} ${y(point.value).toFixed(1)}`;
      pen = 'L';
      return step;
    }).join('');
  };
  const middle = (low + high) / 2;
  return html`
    <svg class="profile" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Profile of ${length.toFixed(1)} pixels, from ${value(low, unit)} to ${value(high, unit)}">
      ${[low, middle, high].map(tick => svg`<line class="grid" x1=${LEFT} x2=${WIDTH} y1=${y(tick)} y2=${y(tick)}></line>
        <text x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end">${value(tick)}</text>`)}
      ${[0, 0.25, 0.5, 0.75, 1].map(part => svg`<text x=${x(part * length)} y=${HEIGHT - 6} text-anchor=${part === 1 ? 'end' : part ? 'middle' : 'start'}>${(part * length).toFixed(0)}${part === 1 ? ' px' : ''}</text>`)}
      ${profiles.map(({points}, i) => svg`<path class="curve curve-${i}" d=${path(points)}></path>`)}
    </svg>
    <p class="faint">${profiles.map(({points, name}, i) => html`<span class="key key-${i}"></span> ${name}: ${points.length} values over ${points.at(-1).distance.toFixed(1)} px `)}${unit ? ` · values in ${unit}` : ''}</p>`;
}
