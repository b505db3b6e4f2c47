import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get, query} from '../core/api.js';
import {bytes, number, time} from '../core/format.js';

/**
 * Looks through the folders of the data roots on the server. Properties: `folder` (absolute, '' for the roots), `pattern` of its files, `chosen` (a Set of
 * paths of files), `picksFiles` (whether files can be chosen). Tells every change by the event `kiln-folder`.
 */
export class FolderBrowser extends KilnElement {
  static properties = {
    folder: {type: String},
    pattern: {type: String},
    picksFiles: {type: Boolean},
    page: {state: true},
    problem: {state: true},
  };

  constructor() {
    super();
    this.folder = '';
    this.pattern = '';
    this.picksFiles = false;
    this.chosen = new Set();
  }

  willUpdate(changes) {
    if (changes.has('folder') || changes.has('pattern')) {
      this.read(null);
    }
  }

  async read(after) {
    const asked = {path: this.folder, pattern: this.folder && this.pattern, after, limit: 200};
    this.asked = asked;
    try {
      const page = await get('/folders' + query(asked));
      if (this.asked === asked) {
        this.page = after === null ? page : {...page, items: [...this.page.items, ...page.items]};
        this.problem = undefined;
        this.tell();
      }
    } catch (problem) {
      if (this.asked === asked) {
        this.problem = problem.message;
        this.tell();
      }
    }
  }

  tell() {
    this.dispatchEvent(new CustomEvent('kiln-folder', {bubbles: true, detail: {folder: this.folder, files: this.problem ? 0 : this.page?.files ?? 0, chosen: [...this.chosen]}}));
  }

  open(folder) {
    this.chosen = new Set();
    this.folder = folder ?? '';
  }

  choose(path, isChosen) {
    this.chosen[isChosen ? 'add' : 'delete'](path);
    this.requestUpdate();
    this.tell();
  }

  render() {
    return html`
      <div class="path">
        <button type="button" class="plain" ?disabled=${!this.folder} @click=${() => this.open(this.page?.parent)} aria-label="To the folder above">↑</button>
        <span class="code">${this.folder || 'Data roots'}</span>
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <ul>
        ${this.page?.items.map(entry => this.entry(entry))}
        ${this.page?.items.length === 0
          ? html`<li class="faint">${this.folder ? 'Nothing here that matches.' : 'There is no data root yet. An admin adds one: kiln roots add FOLDER'}</li>`
          : nothing}
        ${this.page?.next ? html`<li><button type="button" @click=${() => this.read(this.page.next)}>Show more</button></li>` : nothing}
      </ul>`;
  }

  entry(entry) {
    if (entry.kind === 'FOLDER') {
      return html`<li><button type="button" class="plain" @click=${() => this.open(entry.path)}>🗀 ${entry.name}</button></li>`;
    }
    const facts = html`<span class="faint">${bytes(entry.bytes)} · ${time(entry.modified)}</span>`;
    return this.picksFiles
      ? html`<li><label><input type="checkbox" .checked=${this.chosen.has(entry.path)} @change=${event => this.choose(entry.path, event.target.checked)}> ${entry.name}</label>${facts}</li>`
      : html`<li><span>${entry.name}</span>${facts}</li>`;
  }
}

customElements.define('kiln-folder-browser', FolderBrowser);

/** How many files, in words. */
export const files = count => `${number(count)} ${count === 1 ? 'file' : 'files'}`;
