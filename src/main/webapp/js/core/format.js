/** How numbers, times and sizes are shown everywhere. */

const NUMBER = new Intl.NumberFormat('en-GB');
const DATE_AND_TIME = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});
const TIME = new Intl.DateTimeFormat('en-GB', {timeStyle: 'medium'});
const NOTHING = '–';

export const number = value => (value === null || value === undefined ? NOTHING : NUMBER.format(value));

/** @param {string|null} instant ISO 8601; the day is left out where it is today */
export function time(instant) {
  if (!instant) {
    return NOTHING;
  }
  const date = new Date(instant);
  return date.toDateString() === new Date().toDateString() ? TIME.format(date) : DATE_AND_TIME.format(date);
}

/** @param {number|null} seconds as `7 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h` */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return NOTHING;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return seconds < 10 && seconds % 1 ? `${seconds.toFixed(1)} s` : `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  if (whole < 86400) {
    return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  }
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** Seconds from one instant to another, or to now where the second is missing. */
export const secondsBetween = (from, to) => (from ? (new Date(to ?? Date.now()) - new Date(from)) / 1000 : null);

/** @param {number|null} count as `512 B`, `1.5 GiB` */
export function bytes(count) {
  if (count === null || count === undefined) {
    return NOTHING;
  }
  let value = count;
  for (const unit of ['B', 'KiB', 'MiB', 'GiB', 'TiB']) {
    if (Math.abs(value) < 1024 || unit === 'TiB') {
      return `${unit === 'B' || value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`;
    }
    value /= 1024;
  }
  throw new Error('unreachable');
}

/** The last part of a path. */
export const fileName = path => path.slice(path.lastIndexOf('/') + 1);
