import {get, query, Problem} from '../core/api.js';

/**
 * Pictures from the server. A source is {run} or {path, dataset}; a plane {axis, index, projection, corrected} says which picture of it, and may hold a part
 * {x, y, width, height} and the most pixels along an edge, `size`.
 */

const KEPT = 40;
const kept = new Map();
const ahead = new Map();

export const describe = source => get(`/pictures${query(source)}`);

export const address = (form, source, version, plane, more = {}) =>
  `/api/pictures/${form}${query({...source, version, ...plane, corrected: plane.corrected || undefined, ...more})}`;

async function read(url, signal, priority = 'auto') {
  const answer = await fetch(url, {signal, priority});
  if (!answer.ok) {
    const text = await answer.text();
    const isProblem = /json/.test(answer.headers.get('Content-Type') ?? '');
    throw new Problem(answer.status, isProblem ? JSON.parse(text) : {detail: `${url} was answered ${answer.status}`});
  }
  return answer;
}

/** How a picture relates to the array: {width, height, rows, columns}, the last two per pixel. */
function pixels(answer) {
  const [width, height, rows, columns] = answer.headers.get('Kiln-Pixels').split(' ').map(Number);
  return {width, height, rows, columns};
}

async function load(url, signal, priority) {
  const answer = await read(url, signal, priority);
  return {...pixels(answer), bitmap: await createImageBitmap(await answer.blob())};
}

function keep(url, loading) {
  kept.delete(url);
  kept.set(url, loading);
  loading.catch(() => kept.get(url) === loading && kept.delete(url));
  if (kept.size > KEPT) {
    kept.delete(kept.keys().next().value);
  }
  return loading;
}

/** A picture as it is drawn: {bitmap, width, height, rows, columns}. The last ones are kept, so that going back takes no time. */
export const picture = url => keep(url, kept.get(url) ?? load(url));

/** Fetches a picture that may be wanted next, unless something is wanted before it has come. */
export function fetchAhead(url) {
  if (!kept.has(url)) {
    const cancelling = new AbortController();
    ahead.set(url, cancelling);
    const isOver = () => ahead.get(url) === cancelling && ahead.delete(url);
    keep(url, load(url, cancelling.signal, 'low')).then(isOver, isOver);
  }
}

/** What is fetched ahead makes way for what is wanted now. */
export function cancelAhead(wanted) {
  for (const [url, cancelling] of ahead) {
    if (url !== wanted) {
      ahead.delete(url);
      kept.delete(url);
      cancelling.abort();
    }
  }
}

/** Values as they are: {values: Float32Array, width, height, rows, columns}. */
export async function values(url, signal) {
  const answer = await read(url, signal);
  return {...pixels(answer), values: new Float32Array(await answer.arrayBuffer())};
}

export const histogram = async (url, signal) => (await read(url, signal)).json();

/** Has the projections of a stack computed; `tell(done, total)` hears how far that is. */
export async function computeProjections(source, tell, signal) {
  const answer = await read(`/api/pictures/projections${query(source)}`, signal);
  const lines = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await lines.read(); !part.done; part = await lines.read()) {
    const whole = (rest + part.value).split('\n');
    rest = whole.pop();
    for (const line of whole.map(text => JSON.parse(text))) {
      if (line.problem) {
        throw new Problem(400, {detail: line.problem});
      }
      tell(line.done, line.total);
    }
  }
}
