import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {EventsController, soon} from '../core/events.js';
import {get, pages, post, remove} from '../core/api.js';
import {act, complain} from '../core/notices.js';
import {session} from '../core/session.js';
import {number, time} from '../core/format.js';
import {ask} from '../components/ask.js';

const OCCASIONS = {BATCH_ENDED: 'a batch has ended', FIRST_FAILURE: 'a run fails, the first of a batch', STALLED: 'a run makes no progress'};
const STATES = {PENDING: 'to be sent', SENT: 'sent', FAILED: 'given up'};

/** What one wants to be told of batches, by mail or webhook, and what was told. `?batch=ID` asks for one batch. */
class Notifications extends KilnElement {
  static properties = {
    path: {attribute: false},
    query: {attribute: false},
    subscriptions: {state: true},
    sent: {state: true},
    channels: {state: true},
    batches: {state: true},
    made: {state: true},
  };

  constructor() {
    super();
    Object.assign(this, {subscriptions: null, sent: [], channels: null, batches: new Map(), made: null});
    new EventsController(this);
    this.readSoon = soon(() => this.read(), 3000);
  }

  connectedCallback() {
    super.connectedCallback();
    this.read();
  }

  heard(name) {
    if (name === 'run' || name === 'resync') {
      this.readSoon();
    }
  }

  async read() {
    try {
      const subscriptions = [];
      for await (const page of pages('/subscriptions')) {
        subscriptions.push(...page);
      }
      const [channels, sent, batches] = await Promise.all(['/subscriptions/channels', '/notifications?limit=100', '/batches?limit=500'].map(get));
      Object.assign(this, {subscriptions, channels, sent: sent.items, batches: new Map(batches.items.map(batch => [batch.id, batch.name]))});
    } catch (problem) {
      complain(problem);
    }
  }

  async add() {
    const {mail, webhookHosts} = this.channels;
    const wantedBatch = this.query.get('batch') ?? '';
    const wanted = await ask({
      title: 'Ask to be told',
      text: html`
        <div class="dialog-fields">
          <fieldset>
            <legend>When</legend>
            ${Object.entries(OCCASIONS).map(([occasion, words]) => html`<label class="check"><input type="checkbox" name="occasion" value=${occasion} checked> ${words}</label>`)}
          </fieldset>
          <label>Of <select name="batch">
            <option value="">every batch that you make</option>
            ${[...this.batches].map(([id, name]) => html`<option value=${id} ?selected=${id === wantedBatch}>${name}</option>`)}
          </select></label>
          <label>By <select name="channel">
            ${mail ? html`<option value="MAIL">mail</option>` : nothing}
            ${webhookHosts.length ? html`<option value="WEBHOOK">webhook: a POST of JSON</option>` : nothing}
          </select></label>
          <label>To <input name="address" required maxlength="500" autocomplete="off" placeholder=${mail ? 'you@example.org' : `https://${webhookHosts[0]}/…`}></label>
          ${webhookHosts.length ? html`<p class="faint">Webhooks may be sent to ${webhookHosts.join(', ')}.</p>` : nothing}
        </div>`,
      action: 'Ask',
    });
    if (wanted) {
      const content = {occasions: wanted.getAll('occasion'), channel: wanted.get('channel'), address: wanted.get('address')};
      if (wanted.get('batch')) {
        content.batch = wanted.get('batch');
      }
      const made = await act(() => post('/subscriptions', content), answer => `You are told at ${answer.address}.`);
      this.made = made?.secret ? made : null;
      await this.read();
    }
  }

  async end(subscription) {
    const answer = await ask({title: `End this subscription?`, text: html`<p>Nothing more is sent to ${subscription.address} by it, also what is still to be sent.</p>`, action: 'End', isDanger: true});
    if (answer) {
      await act(() => remove(`/subscriptions/${subscription.id}`), `Nothing more is sent to ${subscription.address} by that subscription.`);
      await this.read();
    }
  }

  render() {
    if (!this.subscriptions) {
      return nothing;
    }
    const canSend = this.channels.mail || this.channels.webhookHosts.length > 0;
    return html`
      <div class="head">
        <h1>Notifications</h1>
        <div class="actions"><button class="primary" ?disabled=${!canSend} @click=${this.add}>Ask to be told …</button></div>
      </div>
      ${canSend ? nothing : html`<p class="panel">This server tells nobody yet: an administrator names a mail server (KILN_SMTP_HOST), or hosts that webhooks may be sent to (KILN_WEBHOOK_HOSTS).</p>`}
      ${this.made ? this.secret() : nothing}
      <section class="panel" aria-label="Subscriptions">
        <h2>Who is told what</h2>
        ${this.subscriptions.length ? this.table() : html`<p class="empty">You are told nothing yet. Ask to be told when a batch ends, fails for the first time, or makes no progress.</p>`}
      </section>
      <section class="panel notifications-sent" aria-label="What was told">
        <h2>What was told</h2>
        ${this.sent.length ? this.told() : html`<p class="empty">Nothing was told yet.</p>`}
      </section>`;
  }

  secret() {
    return html`
      <div class="token-secret" role="status">
        <p>This webhook is signed with the secret below: the header <code>Kiln-Signature</code> is <code>sha256=</code> and the HMAC-SHA-256 of the body. It is shown this once.</p>
        <p><code>${this.made.secret}</code> <button @click=${() => navigator.clipboard.writeText(this.made.secret)}>Copy</button> <button @click=${() => (this.made = null)}>I have it</button></p>
      </div>`;
  }

  batchName(id) {
    return html`<a href="/batches/${id}">${this.batches.get(id) ?? id}</a>`;
  }

  table() {
    return html`
      <div class="scroll">
        <table>
          <thead><tr><th>When</th><th>Of</th><th>By</th><th>To</th><th>Whose</th><th>Since</th><th><span class="visually-hidden">What can be done</span></th></tr></thead>
          <tbody>
            ${this.subscriptions.map(one => html`
              <tr>
                <td>${one.occasions.map(occasion => html`<div>${OCCASIONS[occasion]}</div>`)}</td>
                <td>${one.batch ? this.batchName(one.batch) : 'every batch of the owner'}</td>
                <td>${one.channel === 'MAIL' ? 'mail' : 'webhook'}</td>
                <td class="code">${one.address}</td>
                <td>${one.owner}${one.owner === session.user ? ' (you)' : ''}</td>
                <td>${time(one.createdAt)}</td>
                <td class="users-actions"><button class="danger" @click=${() => this.end(one)}>End …</button></td>
              </tr>`)}
          </tbody>
        </table>
      </div>`;
  }

  told() {
    return html`
      <div class="scroll">
        <table>
          <thead><tr><th>What</th><th>Batch</th><th>State</th><th class="number">Tries</th><th>How it went</th><th>When</th></tr></thead>
          <tbody>
            ${this.sent.map(one => html`
              <tr>
                <td>${one.subject}${one.run ? html` <a href="/runs/${one.run}">the run</a>` : nothing}</td>
                <td>${this.batchName(one.batch)}</td>
                <td>${STATES[one.state]}</td>
                <td class="number">${number(one.attempts)}</td>
                <td class=${one.state === 'SENT' ? '' : 'problem'}>${one.outcome ?? '–'}</td>
                <td>${time(one.endedAt ?? one.createdAt)}</td>
              </tr>`)}
          </tbody>
        </table>
      </div>`;
  }
}

customElements.define('kiln-notifications', Notifications);
