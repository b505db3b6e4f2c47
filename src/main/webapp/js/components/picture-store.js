import {get, query, Problem} from '../core/api.js';

/**
 * Pictures from the server. A source is {run} or {path, dataset}; a plane {axis, index, projection, corrected} says which picture of it, and may hold a part
 * {x, y, width, height} and the most pixels along an edge, `size`.
 */

/** Values of the pictures that were looked at last, and of those that may come next; a volume never is. */
const MOST_BYTES = 128 * 1024 * 1024;
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

/** Values as they are, or means where the picture is made smaller: {values: Float32Array, width, height, rows, columns}. */
export async function values(url, signal, priority) {
  const answer = await read(url, signal, priority);
  return {...pixels(answer), values: new Float32Array(await answer.arrayBuffer())};
}

function keep(url, entry) {
  kept.delete(url);
  kept.set(url, entry);
  return entry.loading;
}

function begin(url, signal, priority) {
  const entry = {bytes: 0, loading: values(url, signal, priority)};
  entry.loading.then(
    data => {
      entry.bytes = data.values.byteLength;
      makeRoom();
    },
    () => kept.get(url) === entry && kept.delete(url),
  );
  return entry;
}

function makeRoom() {
  let bytes = [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  for (const [url, entry] of kept) {
    if (bytes <= MOST_BYTES) {
      return;
    }
    bytes -= entry.bytes;
    kept.delete(url);
  }
}

/** The values of a picture. The last ones are kept, so that going back takes no time. */
export function picture(url) {
  // it is wanted now: nobody's going on takes it away any more
  ahead.delete(url);
  return keep(url, kept.get(url) ?? begin(url));
}

/** Fetches a picture that its owner may want next, unless the owner wants something else before it has come. */
export function fetchAhead(owner, url) {
  if (!kept.has(url)) {
    const cancelling = new AbortController();
    ahead.set(url, {owner, cancelling});
    const isOver = () => ahead.get(url)?.cancelling === cancelling && ahead.delete(url);
    keep(url, begin(url, cancelling.signal, 'low')).then(isOver, isOver);
  }
}

/** What was fetched ahead for an owner makes way for what is wanted now. */
export function cancelAhead(owner, wanted) {
  for (const [url, one] of ahead) {
    if (url !== wanted && one.owner === owner) {
      ahead.delete(url);
      kept.delete(url);
      one.cancelling.abort();
    }
  }
}

/** Something that is read of one picture after another, where only the last one asked for is wanted. `read(url, signal)` reads it. */
export class Reading {
  constructor(read) {
    this.read = read;
  }

  /** What the URL gives; nothing where it was given up meanwhile, or was on its way already for whoever asked before. */
  async of(url) {
    if (this.underWay?.url === url) {
      return undefined;
    }
    this.giveUp();
    const cancelling = new AbortController();
    const mine = (this.underWay = {url, cancelling});
    try {
      const data = await this.read(url, cancelling.signal);
      return this.underWay === mine ? data : undefined;
    } catch (problem) {
      if (this.underWay === mine) {
        throw problem;
      }
      return undefined;
    } finally {
      if (this.underWay === mine) {
        this.underWay = null;
      }
    }
  }

  giveUp() {
    this.underWay?.cancelling.abort();
    this.underWay = null;
  }
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
