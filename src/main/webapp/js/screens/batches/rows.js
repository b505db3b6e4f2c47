import {get, pages} from '../../core/api.js';
import {soon} from '../../core/events.js';

const FIRST_PAGE = 100;
const AT_ONCE = 100;
const TOO_MANY_ONE_BY_ONE = 300;

/** The items of a batch with their newest runs, in the batch's order, kept up with events. */
export class Rows {
  /**
   * @param {() => void} changed called after each change
   * @param {(problem: Error) => void} failed
   */
  constructor(batch, changed, failed) {
    this.batch = batch;
    this.changed = changed;
    this.failed = failed;
    this.put([]);
    this.isWhole = false;
    this.stale = new Set();
    this.readStaleSoon = soon(() => this.readStale(), 100);
    this.readSoon = soon(() => this.read(), 100);
  }

  /** Reads all; done once it is there, or what somebody has asked for meanwhile. */
  read() {
    const mine = this.readAll().then(() => (this.newest === mine ? undefined : this.newest));
    this.newest = mine;
    return mine;
  }

  /** What comes first is shown before the rest is there. */
  async readAll() {
    const reading = (this.reading = {});
    const all = [];
    try {
      const isFirst = this.all.length === 0;
      const first = isFirst ? await get(`/batches/${this.batch}/items?limit=${FIRST_PAGE}`) : {items: []};
      all.push(...first.items);
      if (isFirst && this.reading === reading) {
        this.put([...all]);
        this.changed();
      }
      if (!isFirst || first.next) {
        for await (const page of pages(`/batches/${this.batch}/items`, 500, first.next ?? null)) {
          all.push(...page);
        }
      }
      if (this.reading === reading) {
        this.put(all);
        this.isWhole = true;
        this.changed();
      }
    } catch (problem) {
      this.failed(problem);
    }
  }

  put(all) {
    this.all = all;
    this.byId = new Map(all.map(row => [row.id, row]));
    this.byRun = new Map();
    all.forEach(row => this.know(row));
  }

  know(row) {
    for (const run of [row.lastTry, row.lastFull]) {
      if (run) {
        this.byRun.set(run.id, run);
      }
    }
  }

  heard(name, data) {
    if (name === 'resync') {
      this.read();
    } else if (name === 'progress') {
      this.progressed(data);
    } else if (data.batch === this.batch && name === 'run') {
      this.ran(data);
    } else if (data.batch === this.batch && name === 'item') {
      data.reason?.startsWith('moved') ? this.readSoon() : this.readAnew(data.item);
    }
  }

  progressed({run, ...progress}) {
    const known = this.byRun.get(run);
    if (known) {
      known.progress = progress;
      this.changed();
    }
  }

  ran({item, run, state, reason}) {
    const row = this.byId.get(item);
    const known = this.byRun.get(run);
    if (row && known) {
      Object.assign(known, {state, reason: reason ?? null});
      row.state = newest(row)?.state ?? null;
      this.changed();
    }
    if (!known || state !== 'RUNNING') {
      this.readAnew(item);
    }
  }

  /** What an edit has answered is what the row says now. */
  edited(id, {version, ...item}) {
    const row = this.byId.get(id);
    if (row && row.version < version) {
      Object.assign(row, item, {version});
      this.changed();
    }
  }

  readAnew(item) {
    this.stale.add(item);
    this.readStaleSoon();
  }

  async readStale() {
    const ids = [...this.stale];
    this.stale.clear();
    if (ids.length > TOO_MANY_ONE_BY_ONE) {
      await this.read();
      return;
    }
    try {
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        const some = ids.slice(from, from + AT_ONCE);
        const {items} = await get(`/batches/${this.batch}/items?items=${some.join(',')}`);
        this.replace(some, items);
      }
    } catch (problem) {
      this.failed(problem);
    }
  }

  /** Puts what was read anew where it was; what is gone goes, what is new comes to its place. */
  replace(asked, read) {
    const fresh = new Map(read.map(row => [row.id, row]));
    const isSameOrder = asked.every(id => fresh.has(id) && this.byId.get(id)?.position === fresh.get(id).position);
    if (isSameOrder) {
      for (const row of read) {
        Object.assign(this.byId.get(row.id), row);
        this.know(row);
      }
    } else {
      const others = this.all.filter(row => !asked.includes(row.id));
      this.put([...others, ...read].sort((a, b) => a.position - b.position));
    }
    this.changed();
  }
}

/** The run by which an item is counted: the newest, and a skipped one only where there is no other. */
export function newest({lastTry, lastFull}) {
  const runs = [lastTry, lastFull].filter(Boolean);
  const counted = runs.filter(run => run.state !== 'SKIPPED');
  return (counted.length ? counted : runs).sort((a, b) => (a.queuedAt < b.queuedAt ? 1 : -1))[0];
}

export const isActive = state => state === 'RUNNING' || state === 'PUBLISHING';
export const isUnfinished = state => state === 'QUEUED' || isActive(state);
