import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get} from '../core/api.js';
import {complain} from '../core/notices.js';
import {bytes, time} from '../core/format.js';

const PAGE = 200;

const address = (run, path) => `/api/runs/${run}/outputs/${path.split('/').map(encodeURIComponent).join('/')}`;

/** The files that the run has published, to be downloaded. */
class RunOutputs extends KilnElement {
  static properties = {body: {attribute: false}, files: {state: true}, next: {state: true}};

  willUpdate(changed) {
    const {id, state} = this.body;
    if (changed.has('body') && `${id} ${state}` !== this.shown) {
      this.shown = `${id} ${state}`;
      this.files = null;
      this.read();
    }
  }

  async read(after) {
    const {shown} = this;
    try {
      const page = await get(`/runs/${this.body.id}/outputs?limit=${PAGE}${after ? `&after=${encodeURIComponent(after)}` : ''}`);
      if (shown === this.shown) {
        this.files = [...(after ? this.files : []), ...page.items];
        this.next = page.next;
      }
    } catch (problem) {
      complain(problem);
    }
  }

  render() {
    const {body, files} = this;
    if (!files) {
      return nothing;
    }
    if (files.length === 0) {
      return html`<p class="faint">${body.state === 'COMPLETED' ? 'Its output is not there any more.' : 'There is no output before the run is completed.'}</p>`;
    }
    return html`
      <p class="faint">in <span class="code">${body.output}</span></p>
      <div class="scroll"><table aria-label="Outputs">
        <thead><tr><th>File</th><th class="number">Size</th><th class="number">Written</th></tr></thead>
        <tbody>
          ${files.map(
            file => html`<tr><td><a href=${address(body.id, file.path)} download>${file.path}</a></td><td class="number">${bytes(file.bytes)}</td><td class="number">${time(file.modified)}</td></tr>`,
          )}
        </tbody>
      </table></div>
      ${this.next ? html`<button @click=${() => this.read(this.next)}>More files</button>` : nothing}`;
  }
}

customElements.define('kiln-run-outputs', RunOutputs);
