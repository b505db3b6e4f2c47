import {html, noChange, nothing} from 'lit';
import {Directive, directive} from 'lit/directive.js';
import {stateWord} from './state.js';

/** Sets an element's place in its track by script: the policy of the page forbids style attributes, which lit's styleMap begins with. */
class Placed extends Directive {
  render() {
    return noChange;
  }

  update(part, [from, to]) {
    part.element.style.insetInlineStart = `${from * 100}%`;
    part.element.style.inlineSize = `${Math.max(0, to - from) * 100}%`;
    return noChange;
  }
}

/** `<div ${placed(0.25, 0.5)}>` stands in the second quarter of its track. */
export const placed = directive(Placed);

/** A span of time: maps instants to 0 … 1. */
export class Span {
  /** @param {number} from milliseconds @param {number} to milliseconds */
  constructor(from, to) {
    this.from = from;
    this.to = Math.max(to, from + 1);
  }

  at(milliseconds) {
    return Math.min(1, Math.max(0, (milliseconds - this.from) / (this.to - this.from)));
  }
}

const MINUTE = 60_000;
const STEPS = [1000, 5000, 15_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE, 180 * MINUTE, 360 * MINUTE, 720 * MINUTE, 1440 * MINUTE];
const CLOCK = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});
const CLOCK_WITH_SECONDS = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const DAY = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});

function ticks(span) {
  const step = STEPS.find(one => (span.to - span.from) / one <= 8) ?? STEPS.at(-1) * Math.ceil((span.to - span.from) / STEPS.at(-1) / 8);
  const zone = new Date(span.from).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((span.from - zone) / step) * step + zone;
  const found = [];
  for (let at = first; at < span.to; at += step) {
    found.push(at);
  }
  return {step, found};
}

function tickLabel(at, step) {
  const date = new Date(at);
  if (step >= 1440 * MINUTE) {
    return DAY.format(date);
  }
  return (step < MINUTE ? CLOCK_WITH_SECONDS : CLOCK).format(date);
}

/** The times below (or above) tracks; labels that would leave the axis at its end are left out. */
export function timeAxis(span) {
  const {step, found} = ticks(span);
  return html`<div class="axis" aria-hidden="true">
    ${found.filter(at => span.at(at) < 0.96).map(at => html`<span ${placed(span.at(at), 1)}>${tickLabel(at, step)}</span>`)}
  </div>`;
}

/** Lines in a track where the axis has its times. */
export const timeGrid = span => ticks(span).found.map(at => html`<i class="grid" ${placed(span.at(at), span.at(at))}></i>`);

/**
 * A bar in a track.
 *
 * @param {{from: number, to: number, state: string, label: string, title: string, href?: string, done?: number}} what from and to in milliseconds; done is
 *     the part of it that is done, 0 to 1, where that is shown
 */
export function timeBar(span, {from, to, state, label, title, href, done}) {
  const start = span.at(from);
  const end = Math.max(span.at(to), start + 0.002);
  const name = `${title}: ${stateWord(state)}`;
  const inside = html`${done === undefined ? nothing : html`<i class="done" ${placed(0, done)}></i>`}<span>${label}</span>`;
  return href
    ? html`<a class="bar-of-time state ${stateWord(state)}" href=${href} title=${name} aria-label=${name} ${placed(start, end)}>${inside}</a>`
    : html`<span class="bar-of-time state ${stateWord(state)}" title=${name} role="img" aria-label=${name} ${placed(start, end)}>${inside}</span>`;
}
