import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, post} from '../core/api.js';
import {act, complain} from '../core/notices.js';
import {setQuery} from '../core/router.js';
import {deviceLanes} from '../components/device-lanes.js';
import {disks, failures, queue, stalled, tiles} from '../components/attention.js';

const HOURS = [1, 3, 6, 12, 24, 48];
const STANDARD_HOURS = 6;

/** What the laboratory is at: devices over time, the queue, what waits for somebody, how full the disks are. */
class OverviewScreen extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}, overview: {state: true}, progress: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.progress = new Map();
    this.readSoon = soon(() => this.read(), 500);
  }

  get hours() {
    const asked = Number(this.query?.get('hours'));
    return HOURS.includes(asked) ? asked : STANDARD_HOURS;
  }

  connectedCallback() {
    super.connectedCallback();
    this.clock = setInterval(() => this.requestUpdate(), 1000);
    if (this.overview) {
      this.read();
    }
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    super.disconnectedCallback();
  }

  willUpdate() {
    if (this.readHours !== this.hours) {
      this.readHours = this.hours;
      this.read();
    }
  }

  async read() {
    try {
      const [overview, running] = await Promise.all([get(`/overview?hours=${this.hours}`), get('/runs?state=RUNNING&limit=200')]);
      this.ahead = new Date(overview.at) - Date.now();
      this.progress = new Map(running.items.filter(run => run.progress).map(run => [run.id, run.progress]));
      this.overview = overview;
    } catch (problem) {
      complain(problem);
    }
  }

  heard(name, data) {
    if (name === 'progress') {
      this.progress = new Map(this.progress).set(data.run, data);
    } else if (name !== 'status') {
      this.readSoon();
    }
  }

  restart(failed) {
    return act(() => post(`/runs/${failed.run.id}/restart`), `${failed.run.pipeline} of ${failed.run.itemName} is queued again; it goes on from what is done.`);
  }

  render() {
    const {overview} = this;
    return html`
      <div class="head">
        <h1>Overview</h1>
        <div class="actions">
          <label>Devices over the last
            <select @change=${event => setQuery({hours: event.target.value === String(STANDARD_HOURS) ? '' : event.target.value})}>
              ${HOURS.map(hours => html`<option value=${hours} ?selected=${hours === this.hours}>${hours} h</option>`)}
            </select>
          </label>
        </div>
      </div>
      ${overview
        ? html`
            ${tiles(overview)}
            ${deviceLanes(overview, this.progress, Date.now() + this.ahead)}
            <div class="panels overview-panels">
              ${failures(overview, failed => this.restart(failed))} ${stalled(overview)} ${queue(overview)} ${disks(overview)}
            </div>`
        : nothing}`;
  }
}

customElements.define('kiln-overview', OverviewScreen);
