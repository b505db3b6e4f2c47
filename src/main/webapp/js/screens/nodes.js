import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, post} from '../core/api.js';
import {act, complain} from '../core/notices.js';
import {may} from '../core/session.js';
import {bytes, duration, number, secondsBetween, time} from '../core/format.js';
import {ask} from '../components/ask.js';

/** Memory and load of GPUs change without an event; the nodes tell them every few seconds. */
const MILLISECONDS = 5000;

/** The server nodes and what they compute on. */
class NodesScreen extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}, nodes: {state: true}, targets: {state: true}};

  constructor() {
    super();
    new EventsController(this);
    this.readSoon = soon(() => this.read(), 300);
  }

  connectedCallback() {
    super.connectedCallback();
    this.read();
    this.timer = setInterval(() => document.hidden || this.read(), MILLISECONDS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async read() {
    try {
      const [nodes, targets] = await Promise.all([get('/nodes'), get('/targets')]);
      this.nodes = nodes.items;
      this.targets = targets.items;
    } catch (problem) {
      complain(problem);
    }
  }

  heard(name) {
    if (['node', 'device', 'run', 'resync'].includes(name)) {
      this.readSoon();
    }
  }

  async drain(node) {
    const answer = await ask({
      title: `Drain ${node.name}?`,
      text: html`<p>It takes no more runs. ${node.activeRuns ? `Its ${number(node.activeRuns)} active run(s) stop within a slab and go back to the queue; what is done is kept.` : 'No run is active on it.'}</p>`,
      action: 'Drain',
    });
    if (answer && (await act(() => post(`/nodes/${encodeURIComponent(node.name)}/drain`), `${node.name} takes no more runs.`))) {
      this.read();
    }
  }

  async resume(node) {
    await act(() => post(`/nodes/${encodeURIComponent(node.name)}/resume`), `${node.name} takes runs again.`);
    this.read();
  }

  async release(device) {
    await act(() => post(`/gpus/${encodeURIComponent(device.node)}/${encodeURIComponent(device.id)}/release`), `${device.id} of ${device.node} is used again.`);
    this.read();
  }

  render() {
    return html`
      <div class="head"><h1>Nodes and GPUs</h1></div>
      ${this.nodes?.map(node => this.node(node)) ?? nothing}
      ${this.nodes?.length === 0 ? html`<p class="empty">No server node has registered yet.</p>` : nothing}
      ${this.targets ? html`<p class="faint">Runs can be sent to: ${this.targets.map(target => target.name).join(', ')}</p>` : nothing}`;
  }

  node(node) {
    const silent = secondsBetween(node.heartbeatAt);
    return html`<section class="panel node" aria-label="Node ${node.name}">
      <div class="head">
        <h2>${node.name}</h2>
        ${node.alive ? html`<span class="state completed">alive</span>` : html`<span class="state failed">not heard of</span>`}
        ${node.draining ? html`<span class="state stopped">drained: takes no runs</span>` : nothing}
        <span class="faint">started ${time(node.startedAt)} · heart beat ${duration(Math.max(0, Math.round(silent)))} ago · ${number(node.activeRuns)} active run${node.activeRuns === 1 ? '' : 's'}</span>
        ${may('admin')
          ? html`<div class="actions">${node.draining ? html`<button @click=${() => this.resume(node)}>Resume</button>` : html`<button @click=${() => this.drain(node)}>Drain …</button>`}</div>`
          : nothing}
      </div>
      <div class="scroll"><table aria-label="Devices of ${node.name}">
        <thead><tr><th>Device</th><th>What it is</th><th class="number">Memory</th><th class="number">Free</th><th class="number">Busy</th><th>Run</th><th>State</th><th></th></tr></thead>
        <tbody>${node.devices.map(device => this.device(device))}</tbody>
      </table></div>
    </section>`;
  }

  device(device) {
    return html`<tr>
      <td><b>${device.id}</b></td>
      <td>${device.title}</td>
      <td class="number">${bytes(device.memoryBytes)}</td>
      <td class="number">${device.freeBytes === null ? nothing : bytes(device.freeBytes)}</td>
      <td class="number">${device.busyPercent === null ? nothing : `${device.busyPercent} %`}</td>
      <td>${device.run ? html`<a href="/runs/${device.run}">run ${device.run.slice(0, 8)}</a>` : nothing}</td>
      <td>
        ${device.quarantined ? html`<span class="state failed">left alone</span> <span class="reason">${device.quarantined}</span>` : nothing}
        ${device.occupiedBy ? html`<span class="state stopped">used by others</span> <span class="reason">${device.occupiedBy}</span>` : nothing}
        ${!device.quarantined && !device.occupiedBy ? (device.run ? html`<span class="state running">computing</span>` : html`<span class="state queued">free</span>`) : nothing}
      </td>
      <td>${device.quarantined && may('operator') ? html`<button @click=${() => this.release(device)} aria-label="Release ${device.id} of ${device.node}">Release</button>` : nothing}</td>
    </tr>`;
  }
}

customElements.define('kiln-nodes', NodesScreen);
