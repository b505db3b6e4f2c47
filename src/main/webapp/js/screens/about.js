import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import {get} from '../core/api.js';
import {complain} from '../core/notices.js';
import {may} from '../core/session.js';

/** What this server is made of, and where else to look. */
class AboutScreen extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}, about: {state: true}};

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.about = await get('/about');
    } catch (problem) {
      complain(problem);
    }
  }

  render() {
    const {about} = this;
    return html`
      <div class="head"><h1>About</h1></div>
      ${about
        ? html`<div class="panels">
            <section class="panel" aria-label="Versions">
              <h2>Versions</h2>
              <dl class="facts">
                <dt>Kiln</dt><dd>${about.kiln}</dd>
                <dt>Application server</dt><dd>${about.server}</dd>
                <dt>JBeret</dt><dd>${about.jberet ?? 'does not say'}</dd>
                <dt>PostgreSQL</dt><dd>${about.postgresql}</dd>
                <dt>Java</dt><dd>${about.java}</dd>
                <dt>Operating system</dt><dd>${about.os}</dd>
              </dl>
            </section>
            <section class="panel" aria-label="Links">
              <h2>Look also at</h2>
              <ul>
                <li><a href="/openapi?format=JSON" target="_blank">The REST interface, as OpenAPI describes it</a></li>
                <li><a href="/health" target="_blank">Health</a>, for monitoring</li>
                <li><a href="/metrics" target="_blank">Metrics</a>, for Prometheus</li>
                ${may('admin') && about.adminConsolePort ? this.adminConsole(about.adminConsolePort) : nothing}
              </ul>
              <p>All of this can be done by commands, too: <span class="code">kiln --help</span>.</p>
            </section>
          </div>`
        : nothing}`;
  }

  adminConsole(port) {
    const address = `http://${location.hostname}:${port}/console`;
    return html`<li><a href=${address} target="_blank" rel="noreferrer">WildFly's admin console</a> <span class="faint">${address}: the same users; on the server's own machine only, where it was not opened to others</span></li>`;
  }
}

customElements.define('kiln-about', AboutScreen);
