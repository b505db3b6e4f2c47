import {html, nothing} from 'lit';
import {may, session} from '../core/session.js';
import {time} from '../core/format.js';
import {ask} from './ask.js';

/**
 * Asks which token to make.
 *
 * @param {string[]} roles that it may have
 * @returns {Promise<object|null>} as POST /tokens takes it
 */
export async function wantedToken(roles) {
  const wanted = await ask({
    title: 'Make a token',
    text: html`
      <p>A script signs in with it as ${session.user}, with no more than this role, until it expires or is revoked.</p>
      <div class="dialog-fields">
        <label>What it is for <input name="name" required maxlength="100" autocomplete="off" autofocus></label>
        <label>Role <select name="role">${roles.map(role => html`<option ?selected=${role === roles.at(-1)}>${role}</option>`)}</select></label>
        <label>Good for so many days, 1 to 366 <input name="days" type="number" value="90" min="1" max="366" required></label>
      </div>`,
    action: 'Make',
  });
  return wanted && {name: wanted.get('name'), role: wanted.get('role'), days: Number(wanted.get('days'))};
}

/** The tokens, of one owner or of all. */
export function tokenTable(tokens, owner, choose, revoke) {
  const owners = [...new Set(tokens.map(token => token.owner))].sort();
  const shown = tokens.filter(token => !owner || token.owner === owner);
  if (!tokens.length) {
    return html`<p class="empty">There are no tokens. Make one for a script that should not know your password.</p>`;
  }
  return html`
    ${may('admin') && owners.length > 1
      ? html`<p><label>Of <select @change=${event => choose(event.target.value)}>
          <option value="" .selected=${!owner}>everybody</option>
          ${owners.map(one => html`<option .selected=${one === owner}>${one}</option>`)}
        </select></label></p>`
      : nothing}
    <div class="scroll">
      <table>
        <thead><tr><th>Name</th><th>Owner</th><th>Role</th><th>Made</th><th>Last used</th><th>Expires</th><th><span class="visually-hidden">What can be done</span></th></tr></thead>
        <tbody>
          ${shown.map(token => {
            const isOver = new Date(token.expiresAt) < new Date();
            return html`
              <tr class=${isOver ? 'faint' : ''}>
                <td>${token.name}</td>
                <td>${token.owner}</td>
                <td>${token.role}</td>
                <td>${time(token.createdAt)}</td>
                <td>${token.lastUsedAt ? time(token.lastUsedAt) : 'never'}</td>
                <td>${time(token.expiresAt)}${isOver ? ', expired' : ''}</td>
                <td class="users-actions"><button class="danger" @click=${() => revoke(token)}>Revoke …</button></td>
              </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}
