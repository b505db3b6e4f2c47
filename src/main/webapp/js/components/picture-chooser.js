import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get, query} from '../core/api.js';
import {go} from '../core/router.js';
import {fileName, time} from '../core/format.js';

/** Where to begin: runs that have something to show, and a path to type. */
class PictureChooser extends KilnElement {
  static properties = {runs: {state: true}, roots: {state: true}, problem: {state: true}};

  async connectedCallback() {
    super.connectedCallback();
    try {
      [this.runs, this.roots] = (await Promise.all([get('/runs?state=COMPLETED&limit=30'), get('/roots')])).map(page => page.items);
    } catch (problem) {
      this.problem = problem;
    }
  }

  open(event) {
    event.preventDefault();
    const data = new FormData(event.target);
    go(`/pictures${query({path: data.get('path').trim(), dataset: data.get('dataset').trim()})}`);
  }

  render() {
    return html`
      ${this.problem ? html`<p class="problem" role="alert">${this.problem.message}</p>` : nothing}
      <div class="panels">
        <section class="panel"><h2>A file</h2>
          <form class="chooser" @submit=${this.open}>
            <label>TIFF, PNG or HDF5 file, or a folder of images <input name="path" required placeholder=${`${this.roots?.[0]?.path ?? '/data'}/…`} list="roots"></label>
            <label>Dataset of an HDF5 file <input name="dataset" placeholder="/exchange/data"></label>
            <datalist id="roots">${(this.roots ?? []).map(root => html`<option value="${root.path}/"></option>`)}</datalist>
            <button class="primary">Look</button>
          </form>
          <p class="faint">Data roots: ${(this.roots ?? []).map(root => root.path).join(', ') || 'none yet; an administrator adds them'}</p>
        </section>
        <section class="panel"><h2>Newest results</h2>
          ${this.runs?.length === 0 ? html`<p class="empty">No run has completed yet. Start one in a batch, or look at a file.</p>` : nothing}
          ${this.runs?.length
            ? html`<div class="scroll"><table><thead><tr><th>result</th><th>pipeline</th><th>completed</th></tr></thead><tbody>
                ${this.runs.map(run => html`<tr><td><a href="/pictures?run=${run.id}">${fileName(run.output)}</a></td><td>${run.pipeline}</td><td>${time(run.endedAt)}</td></tr>`)}
              </tbody></table></div>`
            : nothing}
        </section>
      </div>`;
  }
}

customElements.define('kiln-picture-chooser', PictureChooser);
