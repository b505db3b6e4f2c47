import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, namesNothing} from '../core/api.js';
import {complain} from '../core/notices.js';
import {duration, number, secondsBetween, time} from '../core/format.js';
import {executionActions} from './actions.js';
import {batchStatus} from './status.js';

/** A plain job has no events. */
const MILLISECONDS = 2000;
const ACTIVE = ['STARTING', 'STARTED', 'STOPPING'];

/** One execution of a job, with its steps, their metrics and partitions. */
class JobExecution extends KilnElement {
  static properties = {execution: {attribute: false}, body: {state: true}, missing: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.readSoon = soon(() => this.read(), 300);
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => ACTIVE.includes(this.body?.batchStatus) && !document.hidden && this.read(), MILLISECONDS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('execution')) {
      this.body = null;
      this.missing = null;
      this.read();
    }
  }

  async read() {
    const {execution} = this;
    try {
      const body = await get(`/jobs/executions/${encodeURIComponent(execution)}`);
      if (execution === this.execution) {
        this.body = body;
      }
    } catch (problem) {
      if (namesNothing(problem)) {
        this.missing = problem.message;
      } else {
        complain(problem);
      }
    }
  }

  heard(name, data) {
    if (name === 'resync' || (name === 'run' && data.run === this.body?.run)) {
      this.readSoon();
    }
  }

  render() {
    const {body} = this;
    if (this.missing) {
      return html`<p class="empty">${this.missing}. <a href="/jobs">All executions</a></p>`;
    }
    if (!body) {
      return nothing;
    }
    return html`
      <div class="head">
        <h1>Execution ${body.id} of <a href="/jobs?job=${encodeURIComponent(body.job)}">${body.job}</a></h1>
        ${batchStatus(body.batchStatus)}
        <div class="actions">${executionActions(body, () => this.read())}</div>
      </div>
      <section class="panel job-facts">
        <dl class="facts">
          <dt>Instance</dt><dd>${body.instance}</dd>
          <dt>Exit status</dt><dd>${body.exitStatus ?? '–'}</dd>
          ${body.run ? html`<dt>Run</dt><dd><a href="/runs/${body.run}">${body.run}</a></dd>` : nothing}
          <dt>Created</dt><dd>${time(body.createTime)}</dd>
          <dt>Started</dt><dd>${time(body.startTime)}</dd>
          <dt>Ended</dt><dd>${time(body.endTime)}${body.startTime ? html` <span class="faint">after ${duration(secondsBetween(body.startTime, body.endTime))}</span>` : nothing}</dd>
          ${Object.entries(body.parameters).map(([name, value]) => html`<dt class="code">${name}</dt><dd class="code">${value}</dd>`)}
        </dl>
      </section>
      ${body.steps.map(step => this.step(step))}`;
  }

  step(step) {
    const metrics = Object.entries(step.metrics).filter(([, value]) => value);
    return html`<section class="panel job-step" aria-label="Step ${step.name}">
      <div class="head"><h2>${step.name}</h2>${batchStatus(step.batchStatus)}
        <span class="faint">${step.exitStatus ?? ''} · ${time(step.startTime)} · ${duration(secondsBetween(step.startTime, step.endTime))}</span>
      </div>
      ${metrics.length ? html`<p>${metrics.map(([name, value]) => html`<span class="metric"><span class="faint">${name.toLowerCase().replace(/_/g, ' ').replace(' count', '')}</span> ${number(value)}</span>`)}</p>` : nothing}
      ${step.exception ? html`<details><summary>Exception</summary><pre class="exception">${step.exception}</pre></details>` : nothing}
      ${step.partitions.length
        ? html`<div class="scroll"><table aria-label="Partitions of ${step.name}">
            <thead><tr><th class="number">Partition</th><th>BatchStatus</th><th>Exit status</th><th>Exception</th></tr></thead>
            <tbody>${step.partitions.map(part => html`<tr><td class="number">${part.id}</td><td>${batchStatus(part.batchStatus)}</td><td>${part.exitStatus ?? ''}</td><td>${part.exception ? html`<details><summary>${part.exception.split('\n')[0]}</summary><pre class="exception">${part.exception}</pre></details>` : nothing}</td></tr>`)}</tbody>
          </table></div>`
        : nothing}
    </section>`;
  }
}

customElements.define('kiln-job-execution', JobExecution);
