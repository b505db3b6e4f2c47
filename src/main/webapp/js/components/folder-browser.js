import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get, query} from '../core/api.js';
import {bytes, number, time} from '../core/format.js';

const STANDARD_PATTERN = '*.{h5,hdf5,hdf}';

/**
 * Chooses a folder of the data roots on the server, and which of its files. Properties: `folder` (absolute, '' for the roots), `picksFiles` (whether single files
 * can be chosen). Tells every change by the event `kiln-folder`: {folder, pattern, files, chosen}, how many files match and the paths of those that are chosen.
 */
class FolderBrowser extends KilnElement {
  static properties = {
    folder: {type: String},
    picksFiles: {type: Boolean},
    pattern: {state: true},
    page: {state: true},
    problem: {state: true},
  };

  constructor() {
    super();
    this.folder = '';
    this.pattern = STANDARD_PATTERN;
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
        this.page = undefined;
        this.tell();
      }
    }
  }

  /** How many files match. */
  count() {
    return this.page?.files ?? 0;
  }

  tell() {
    const {folder, pattern} = this;
    this.dispatchEvent(new CustomEvent('kiln-folder', {bubbles: true, detail: {folder, pattern, files: this.count(), chosen: [...this.chosen]}}));
  }

  open(folder = '') {
    if (folder !== this.folder) {
      Object.assign(this, {folder, page: undefined, chosen: new Set()});
      this.tell();
    }
  }

  choose(path, isChosen) {
    this.chosen[isChosen ? 'add' : 'delete'](path);
    this.requestUpdate();
    this.tell();
  }

  /** Enter is for the path that was typed, not for the form around. */
  pressed(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      event.target.blur();
    }
  }

  render() {
    return html`
      <label class="field">Which files <input .value=${this.pattern} @keydown=${this.pressed} @change=${event => (this.pattern = event.target.value)}></label>
      <div class="folder">
        <div class="path">
          <button type="button" class="plain" ?disabled=${!this.folder} @click=${() => this.open(this.page?.parent ?? '')} aria-label="To the folder above">↑</button>
          <input class="code" aria-label="Folder" placeholder="Data roots" spellcheck="false" .value=${this.folder} @keydown=${this.pressed} @change=${event => this.open(event.target.value.trim())}>
        </div>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <ul>
          ${this.page?.items.map(entry => this.entry(entry))}
          ${this.page?.items.length === 0
            ? html`<li class="faint">${this.folder ? 'Nothing here that matches.' : 'There is no data root yet. An admin adds one: kiln roots add FOLDER'}</li>`
            : nothing}
          ${this.page?.next ? html`<li><button type="button" @click=${() => this.read(this.page.next)}>Show more</button></li>` : nothing}
        </ul>
      </div>
      <output class="faint">${this.page && this.folder ? `${number(this.count())} ${this.count() === 1 ? 'file matches' : 'files match'}` : 'Choose a folder'}</output>`;
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
