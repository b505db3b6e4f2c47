import {html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {live} from 'lit/directives/live.js';
import {KilnElement} from '../../core/element.js';
import {mayChange} from '../../core/session.js';
import {VirtualRows} from '../../components/virtual-rows.js';
import {comment, mark, name, parameter, progress, run, state} from './cells.js';
import {itemButtons, moveItems} from './item-actions.js';

const ROW_HEIGHT = 36;
/** In rem, as the style sheet has its columns: all that are always there, with 8 for the comment, each parameter's, and that of marks. */
const LEAST_WIDTH = 74.5;
const PARAMETER_WIDTH = 7.5;
const MARK_WIDTH = 7.2;
const KEYS = {Home: 'top', ArrowUp: 'up', ArrowDown: 'down', End: 'end'};

/** The items of a batch, drawn only where they are seen: `shown` is [{row, index}]. */
class ItemTable extends KilnElement {
  // `version` is new with each drawing of the page: rows are changed in place
  static properties = {page: {attribute: false}, shown: {attribute: false}, columns: {attribute: false}, version: {attribute: false}};

  constructor() {
    super();
    this.window = new VirtualRows(this, ROW_HEIGHT);
  }

  /** What is typed into a row that goes out of sight, or gets another place, is saved before. */
  willUpdate() {
    this.range = this.window.range(this.shown.length);
    const line = document.activeElement?.closest('tr[data-id]');
    if (line && this.contains(line)) {
      const place = Number(line.dataset.place);
      const isThere = place >= this.range.first && place < this.range.end && this.shown[place]?.row.id === line.dataset.id;
      if (!isThere && document.activeElement.matches('input:not([type=checkbox])')) {
        document.activeElement.blur();
      }
    }
  }

  updated() {
    if (this.wanted !== undefined) {
      this.querySelector(`tr[data-place="${this.wanted}"] input[type=checkbox]`)?.focus({preventScroll: true});
      this.wanted = undefined;
    }
  }

  render() {
    const {first, end, before, after} = this.range;
    const {parameters} = this.page;
    const drawn = this.shown.slice(first, end);
    const slots = end - first || 1;
    const isOurs = this.isOurs();
    this.isMarked = this.page.rows.all.some(row => row.mark);
    const width = 8 + this.columns.length + (this.isMarked ? 1 : 0) + (isOurs ? 1 : 0);
    const least = LEAST_WIDTH + PARAMETER_WIDTH * this.columns.length + (this.isMarked ? MARK_WIDTH : 0);
    return html`
      <div class="items scroll" data-scroller tabindex="-1" @keydown=${this.pressed} @click=${this.clicked}>
        <table aria-rowcount=${this.shown.length + 1} .style=${`min-width:${least}rem`}>
          <caption class="visually-hidden">Items of the batch</caption>
          <thead>
            <tr aria-rowindex="1">
              <th scope="col" class="check">${isOurs ? this.checkAll() : nothing}</th>
              <th scope="col" class="number place">No.</th>
              <th scope="col" class="name">Name</th>
              ${this.columns.map(column => html`<th scope="col" class="parameter" title=${parameters.schema(column).description ?? ''}>${parameters.title(column)}</th>`)}
              <th scope="col" class="state-column">State</th>
              <th scope="col" class="progress-column">Progress</th>
              ${this.isMarked ? html`<th scope="col" class="mark-column">Mark</th>` : nothing}
              <th scope="col" class="run-column">Last try</th>
              <th scope="col" class="run-column">Last full</th>
              <th scope="col" class="comment">Comment</th>
              ${isOurs ? html`<th scope="col" class="doing"><span class="visually-hidden">Actions</span></th>` : nothing}
            </tr>
          </thead>
          <tbody>
            <tr class="gap" aria-hidden="true"><td colspan=${width} .style=${`height:${before}px`}></td></tr>
            ${repeat(
              drawn,
              (_, place) => (first + place) % slots,
              ({row, index}, place) => this.line(row, index, first + place),
            )}
            <tr class="gap" aria-hidden="true"><td colspan=${width} .style=${`height:${after}px`}></td></tr>
          </tbody>
        </table>
      </div>`;
  }

  checkAll() {
    const {selection} = this.page;
    const count = this.shown.filter(({row}) => selection.has(row.id)).length;
    return html`<input type="checkbox" aria-label="Select all that are shown" .checked=${live(count > 0 && count === this.shown.length)} .indeterminate=${count > 0 && count < this.shown.length} data-all>`;
  }

  isOurs() {
    return mayChange(this.page.about);
  }

  line(row, index, place) {
    const {page} = this;
    const isOurs = this.isOurs();
    const isSelected = page.selection.has(row.id);
    return html`
      <tr data-id=${row.id} data-place=${place} aria-rowindex=${place + 2} aria-selected=${isSelected} class=${isSelected ? 'selected' : ''}>
        <td class="check">${isOurs ? html`<input type="checkbox" aria-label="Select ${row.name}" .checked=${live(isSelected)}>` : nothing}</td>
        <td class="number place">${index + 1}</td>
        <td class="name">${name(page, row)}</td>
        ${this.columns.map(column => html`<td class="parameter">${parameter(page, row, column)}</td>`)}
        <td>${state(row)}</td>
        <td>${progress(row)}</td>
        ${this.isMarked ? html`<td>${mark(row)}</td>` : nothing}
        <td>${run(row, 'lastTry', 'try')}</td>
        <td>${run(row, 'lastFull', 'full')}</td>
        <td class="comment">${comment(page, row)}</td>
        ${isOurs ? html`<td class="doing">${itemButtons(page, row, index)}</td>` : nothing}
      </tr>`;
  }

  ids() {
    return this.shown.map(({row}) => row.id);
  }

  clicked(event) {
    const {selection} = this.page;
    if (event.target.matches('[data-all]')) {
      selection.set(event.target.checked ? this.ids() : []);
      return;
    }
    const line = event.target.closest('tr[data-id]');
    const isBox = event.target.matches('td.check input');
    if (!line || !this.isOurs() || (!isBox && event.target.closest('input, button, a, select'))) {
      return;
    }
    selection.click(line.dataset.id, this.ids(), {isRange: event.shiftKey, isAdded: isBox || event.ctrlKey || event.metaKey});
    if (!isBox) {
      line.querySelector('td.check input')?.focus({preventScroll: true});
    }
    getSelection().removeAllRanges();
  }

  /** Arrows go from row to row, with Shift they select on the way, with Alt they move what is selected; Control and A selects all. */
  pressed(event) {
    const line = event.target.closest('tr[data-id]');
    if (!line || !event.target.matches('td.check input')) {
      return;
    }
    const {selection} = this.page;
    const place = Number(line.dataset.place);
    const page = Math.max(1, Math.floor(this.window.scroller.clientHeight / ROW_HEIGHT) - 2);
    if (event.altKey && KEYS[event.key]) {
      event.preventDefault();
      this.move(line.dataset.id, KEYS[event.key]);
      return;
    }
    const to = {ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + page, PageUp: place - page, Home: 0, End: this.shown.length - 1}[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.goTo(Math.max(0, Math.min(to, this.shown.length - 1)), line.dataset.id, event.shiftKey);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      selection.set(this.ids());
    } else if (event.key === 'Escape') {
      selection.set([]);
    }
  }

  /** Moves what is selected, or the row that has the focus where nothing is; the focus stays with its row. */
  async move(focused, to) {
    const {page} = this;
    await moveItems(page, page.selection.size ? [...page.selection.ids] : [focused], to);
    await page.updateComplete;
    const place = this.ids().indexOf(focused);
    if (place >= 0) {
      this.goTo(place, focused, false);
    }
  }

  goTo(place, from, isRange) {
    const {selection} = this.page;
    if (isRange) {
      selection.anchor ??= from;
      selection.click(this.shown[place].row.id, this.ids(), {isRange: true, isAdded: false});
    }
    this.window.reveal(place, ROW_HEIGHT);
    this.wanted = place;
    this.requestUpdate();
  }
}

customElements.define('kiln-item-table', ItemTable);
