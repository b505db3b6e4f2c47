import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, query} from '../core/api.js';
import {complain} from '../core/notices.js';
import {setQuery} from '../core/router.js';
import {may} from '../core/session.js';
import {duration, number, secondsBetween, time} from '../core/format.js';
import {executionActions, startJob} from './actions.js';
import {batchStatus} from './status.js';

const PAGE = 50;

/** The jobs, and their executions, newest first; the address holds which job and which page. */
class JobList extends KilnElement {
  static properties = {query: {attribute: false}, jobs: {state: true}, page: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.readSoon = soon(() => this.read(), 700);
  }

  get filters() {
    return {job: this.query.get('job'), after: this.query.get('after')};
  }

  willUpdate() {
    const asked = JSON.stringify(this.filters);
    if (asked !== this.asked) {
      this.asked = asked;
      this.read();
    }
  }

  async read() {
    const {asked} = this;
    try {
      const [jobs, page] = await Promise.all([get('/jobs'), get(`/jobs/executions${query({...this.filters, limit: PAGE})}`)]);
      if (asked === this.asked) {
        this.jobs = jobs.items;
        this.page = page;
      }
    } catch (problem) {
      complain(problem);
    }
  }

  heard(name) {
    if (name === 'run' || name === 'resync') {
      this.readSoon();
    }
  }

  render() {
    const {job, after} = this.filters;
    return html`
      <div class="head"><h1>Jobs</h1><span class="faint">as the batch runtime (JSR-352) sees them; runs are started, stopped and restarted through the queue</span>
        <div class="actions"><button @click=${() => this.read()}>Read anew</button></div></div>
      ${this.jobs ? this.table(job) : nothing}
      ${this.page ? this.executions(job) : nothing}
      <div class="actions">
        ${after ? html`<button @click=${() => setQuery({after: ''})}>Newest</button>` : nothing}
        ${this.page?.next ? html`<button @click=${() => setQuery({after: this.page.next})}>Older</button>` : nothing}
      </div>`;
  }

  table(chosen) {
    return html`<section class="panel job-table"><table aria-label="Jobs">
      <thead><tr><th>Job</th><th>Kind</th><th class="number">Instances</th><th></th></tr></thead>
      <tbody>
        ${this.jobs.map(
          job => html`<tr class=${job.name === chosen ? 'chosen' : ''}>
            <td><a href="/jobs?job=${encodeURIComponent(job.name)}">${job.name}</a></td>
            <td>${job.isPipeline ? html`pipeline <span class="faint">only the queue starts it: <a href="/batches">batches</a></span>` : 'plain job'}</td>
            <td class="number">${number(job.instances)}</td>
            <td>${!job.isPipeline && may('operator') ? html`<button @click=${() => startJob(job.name)} aria-label="Start ${job.name}">Start …</button>` : nothing}</td>
          </tr>`,
        )}
      </tbody>
    </table></section>`;
  }

  executions(job) {
    return html`<section class="panel">
      <div class="timeline-head"><h2>Executions${job ? ` of ${job}` : ''}</h2>${job ? html`<a href="/jobs">of all jobs</a>` : nothing}</div>
      ${this.page.items.length
        ? html`<div class="scroll"><table aria-label="Executions">
            <thead><tr><th class="number">Execution</th><th class="number">Instance</th><th>Job</th><th>BatchStatus</th><th>Exit status</th><th>Run</th><th class="number">Started</th><th class="number">Took</th><th></th></tr></thead>
            <tbody>${this.page.items.map(execution => this.row(execution))}</tbody>
          </table></div>`
        : html`<p class="faint">Nothing was executed yet.</p>`}
    </section>`;
  }

  row(execution) {
    return html`<tr>
      <td class="number"><a href="/jobs/${execution.id}">${execution.id}</a></td>
      <td class="number">${execution.instance}</td>
      <td>${execution.job}</td>
      <td>${batchStatus(execution.batchStatus)}</td>
      <td class="reason">${execution.exitStatus ?? ''}</td>
      <td>${execution.run ? html`<a href="/runs/${execution.run}">run ${execution.run.slice(0, 8)}</a>` : nothing}</td>
      <td class="number">${time(execution.startTime)}</td>
      <td class="number">${execution.startTime ? duration(secondsBetween(execution.startTime, execution.endTime)) : nothing}</td>
      <td class="job-actions">${executionActions(execution, () => this.read(), this.page.items)}</td>
    </tr>`;
  }
}

customElements.define('kiln-job-list', JobList);
