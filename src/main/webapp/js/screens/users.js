import {live} from 'lit/directives/live.js';
import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get, pages, patch, post, remove} from '../core/api.js';
import {act, complain} from '../core/notices.js';
import {setQuery} from '../core/router.js';
import {may, session} from '../core/session.js';
import {time} from '../core/format.js';
import {ask} from '../components/ask.js';
import {tokenTable, wantedToken} from '../components/tokens.js';

const ROLES = {
  viewer: 'sees everything, changes nothing',
  operator: 'also creates, starts, stops and removes batches, items and runs',
  admin: 'also manages users, data roots and nodes, and reads the audit',
};

/** Who may sign in, one's own password, and tokens for scripts. Administrators see all, others themselves. */
class Users extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}, users: {state: true}, tokens: {state: true}, made: {state: true}};

  constructor() {
    super();
    Object.assign(this, {users: null, tokens: null, made: null});
  }

  connectedCallback() {
    super.connectedCallback();
    this.read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.made = null;
  }

  async read() {
    try {
      if (may('admin')) {
        this.users = (await get('/users')).items;
      }
      const tokens = [];
      for await (const page of pages('/tokens')) {
        tokens.push(...page);
      }
      this.tokens = tokens;
    } catch (problem) {
      complain(problem);
    }
  }

  async change(action, done) {
    const answer = await act(action, done);
    await this.read();
    return answer;
  }

  async add() {
    const wanted = await ask({
      title: 'Add a user',
      text: html`
        <div class="dialog-fields">
          <label>Name <input name="name" required autocomplete="off" autofocus></label>
          <label>Role ${roleField('viewer')}</label>
          <label>Password, at least 8 characters <input name="password" type="password" required minlength="8" autocomplete="new-password"></label>
        </div>`,
      action: 'Add',
    });
    if (wanted) {
      await this.change(() => post('/users', Object.fromEntries(wanted)), user => `Added ${user.name}, ${user.role}.`);
    }
  }

  async giveRole(user, role) {
    await this.change(() => patch(`/users/${encodeURIComponent(user.name)}`, {role}), `${user.name} is ${role} now.`);
  }

  async givePassword(user) {
    const wanted = await ask({
      title: `A new password for ${user.name}`,
      text: html`
        <p>Whoever is signed in as ${user.name} has to sign in again.</p>
        <div class="dialog-fields"><label>Password, at least 8 characters <input name="password" type="password" required minlength="8" autocomplete="new-password" autofocus></label></div>`,
      action: 'Change',
    });
    if (wanted) {
      await this.change(() => patch(`/users/${encodeURIComponent(user.name)}`, {password: wanted.get('password')}), `Changed the password of ${user.name}.`);
    }
  }

  async remove(user) {
    const answer = await ask({title: `Remove ${user.name}?`, text: html`<p>Sessions end, and tokens are worth nothing any more. Batches stay.</p>`, action: 'Remove', isDanger: true});
    if (answer) {
      await this.change(() => remove(`/users/${encodeURIComponent(user.name)}`), `Removed ${user.name}.`);
    }
  }

  async changeOwnPassword() {
    const wanted = await ask({
      title: 'Change your password',
      text: html`
        <p>You sign in again with the new one.</p>
        <div class="dialog-fields">
          <label>Present password <input name="present" type="password" required autocomplete="current-password" autofocus></label>
          <label>New password, at least 8 characters <input name="password" type="password" required minlength="8" autocomplete="new-password"></label>
        </div>`,
      action: 'Change',
    });
    if (wanted && (await act(() => post('/session/password', Object.fromEntries(wanted)), 'Changed your password.')) !== undefined) {
      location.assign('/users');
    }
  }

  async makeToken() {
    const wanted = await wantedToken(session.roles);
    if (wanted) {
      this.made = await this.change(() => post('/tokens', wanted), token => `Made the token "${token.name}".`);
    }
  }

  async revoke(token) {
    const answer = await ask({title: `Revoke the token "${token.name}" of ${token.owner}?`, text: html`<p>What uses it is refused from now on.</p>`, action: 'Revoke', isDanger: true});
    if (answer) {
      await this.change(() => remove(`/tokens/${token.id}`), `Revoked the token "${token.name}".`);
    }
  }

  render() {
    return html`
      <div class="head">
        <h1>${may('admin') ? 'Users' : 'Your account'}</h1>
        <div class="actions">
          <button @click=${this.changeOwnPassword}>Change your password …</button>
          ${may('admin') ? html`<button class="primary" @click=${this.add}>Add a user …</button>` : nothing}
        </div>
      </div>
      ${this.users ? this.table() : nothing}
      <section class="panel users-tokens" aria-label="Tokens for scripts">
        <div class="head">
          <h2>Tokens for scripts</h2>
          <div class="actions"><button @click=${this.makeToken}>Make a token …</button></div>
        </div>
        ${this.made ? this.secret() : nothing}
        ${this.tokens ? tokenTable(this.tokens, this.query.get('owner') ?? '', owner => setQuery({owner}), token => this.revoke(token)) : nothing}
      </section>`;
  }

  secret() {
    return html`
      <div class="token-secret" role="status">
        <p>This is the token "${this.made.name}". It is shown this once: copy it to where the script reads it.</p>
        <p><code>${this.made.secret}</code> <button @click=${() => navigator.clipboard.writeText(this.made.secret)}>Copy</button> <button @click=${() => (this.made = null)}>I have it</button></p>
        <p class="faint">As a header: <code>Authorization: Bearer …</code>; for the command line: a file named by <code>KILN_TOKEN_FILE</code> or <code>--token-file</code>.</p>
      </div>`;
  }

  table() {
    return html`
      <div class="panel scroll">
        <table>
          <thead><tr><th>Name</th><th>Role</th><th>Role or password changed</th><th><span class="visually-hidden">What can be done</span></th></tr></thead>
          <tbody>
            ${this.users.map(user => html`
              <tr>
                <td>${user.name}${user.name === session.user ? html` <span class="faint">(you)</span>` : nothing}</td>
                <td>
                  <select aria-label="Role of ${user.name}" @change=${event => this.giveRole(user, event.target.value)}>
                    ${Object.keys(ROLES).map(role => html`<option .selected=${live(role === user.role)}>${role}</option>`)}
                  </select>
                  <span class="faint">${ROLES[user.role]}</span>
                </td>
                <td>${time(user.changedAt)}</td>
                <td class="users-actions">
                  <button @click=${() => this.givePassword(user)}>New password …</button>
                  <button class="danger" @click=${() => this.remove(user)}>Remove …</button>
                </td>
              </tr>`)}
          </tbody>
        </table>
      </div>`;
  }
}

const roleField = chosen => html`
  <select name="role">${Object.entries(ROLES).map(([role, meaning]) => html`<option value=${role} ?selected=${role === chosen}>${role}: ${meaning}</option>`)}</select>`;

customElements.define('kiln-users', Users);
