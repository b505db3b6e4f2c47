/** Reads a run's log as it grows: only what is new comes over the line. */

const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const OTHER_CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A line without what would colour a terminal or move its cursor; of what a carriage return overwrote, the last is kept. */
export function cleaned(line) {
  const plain = line.replace(ANSI, '').replace(/\r$/, '');
  return plain.slice(plain.lastIndexOf('\r') + 1).replace(OTHER_CONTROLS, '');
}

export class LogReader {
  constructor(run) {
    this.address = `/api/runs/${run}/log`;
    this.restart();
  }

  restart() {
    this.offset = 0;
    this.bytes = 0;
  }

  /**
   * Reads on.
   *
   * @returns {Promise<{lines: string[], isAnew: boolean}>} whole lines; isAnew where they are the whole log, because its middle was left out meanwhile
   */
  async read() {
    const answer = await fetch(this.address, {headers: {Range: `bytes=${this.offset}-`}});
    if (answer.status === 416) {
      const whole = Number(/\/(\d+)$/.exec(answer.headers.get('Content-Range') ?? '')?.[1] ?? this.bytes);
      return whole < this.bytes ? this.readAnew() : {lines: [], isAnew: false};
    }
    if (!answer.ok) {
      throw new Error(`The log cannot be read: the server answered ${answer.status}.`);
    }
    if (answer.status === 206) {
      const whole = Number(/\/(\d+)$/.exec(answer.headers.get('Content-Range') ?? '')?.[1]);
      if (whole < this.bytes) {
        return this.readAnew();
      }
      this.bytes = whole;
    }
    return {lines: this.take(new Uint8Array(await answer.arrayBuffer())), isAnew: false};
  }

  async readAnew() {
    this.restart();
    return {...(await this.read()), isAnew: true};
  }

  /** Whole lines only: the last one may be half written, or end within a letter. */
  take(bytes) {
    const end = bytes.lastIndexOf(10) + 1;
    this.offset += end;
    return new TextDecoder().decode(bytes.subarray(0, end)).split('\n').slice(0, -1).map(cleaned);
  }
}
