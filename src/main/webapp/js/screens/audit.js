import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get, query} from '../core/api.js';
import {complain} from '../core/notices.js';
import {setQuery} from '../core/router.js';
import {time} from '../core/format.js';

const PAGE = 100;
const FILTERS = {who: 'Who', action: 'Action', subject: 'Subject'};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who did what, newest first; a value that is clicked becomes the filter. */
class AuditScreen extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}, page: {state: true}};

  get filters() {
    return Object.fromEntries([...Object.keys(FILTERS), 'after'].map(name => [name, this.query.get(name)]));
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
      const page = await get(`/audit${query({...this.filters, limit: PAGE})}`);
      if (asked === this.asked) {
        this.page = page;
      }
    } catch (problem) {
      complain(problem);
    }
  }

  submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    setQuery({...Object.fromEntries(Object.keys(FILTERS).map(name => [name, form.get(name).trim()])), after: ''});
    this.read();
  }

  filter(name, value) {
    return html`<button class="plain value" @click=${() => setQuery({[name]: value, after: ''})} title="Only this">${value}</button>`;
  }

  render() {
    const {filters, page} = this;
    return html`
      <div class="head"><h1>Audit</h1>
        <form class="filters" @submit=${this.submit}>
          ${Object.entries(FILTERS).map(
            ([name, title]) => html`<label>${title} <input name=${name} .value=${filters[name] ?? ''} list="audit-${name}" autocomplete="off"></label>
              <datalist id="audit-${name}">${[...new Set(page?.items.map(entry => entry[name]))].map(value => html`<option value=${value}></option>`)}</datalist>`,
          )}
          <button class="primary">Show</button>
          ${Object.keys(FILTERS).some(name => filters[name]) ? html`<button type="button" @click=${() => setQuery({who: '', action: '', subject: '', after: ''})}>Everything</button>` : nothing}
        </form>
      </div>
      ${page ? this.table(page) : nothing}
      <div class="actions">
        ${filters.after ? html`<button @click=${() => setQuery({after: ''})}>Newest</button>` : nothing}
        ${page?.next ? html`<button @click=${() => setQuery({after: page.next})}>Older</button>` : nothing}
      </div>`;
  }

  table(page) {
    if (page.items.length === 0) {
      return html`<p class="empty">Nothing of this kind was done. Filters take whole values, as they stand in the list.</p>`;
    }
    return html`<div class="scroll panel"><table aria-label="Audit">
      <thead><tr><th class="number">Time</th><th>Who</th><th>Action</th><th>Subject</th><th>Detail</th></tr></thead>
      <tbody>
        ${page.items.map(
          entry => html`<tr>
            <td class="number">${time(entry.at)}</td>
            <td>${this.filter('who', entry.who)}</td>
            <td>${this.filter('action', entry.action)}</td>
            <td class="subject">${this.filter('subject', entry.subject)} ${this.link(entry)}</td>
            <td class="reason">${this.detail(entry.detail)}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
  }

  link({action, subject}) {
    if (!UUID.test(subject)) {
      return nothing;
    }
    const screen = / runs?$/.test(action) && action !== 'queue runs' ? 'runs' : /batch|queue runs/.test(action) ? 'batches' : null;
    return screen ? html`<a href="/${screen}/${subject}">open</a>` : nothing;
  }

  detail(detail) {
    const members = Object.entries(detail);
    return members.map(([name, value], index) => html`${index ? ', ' : ''}<span class="faint">${name}</span> ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
}

customElements.define('kiln-audit', AuditScreen);
