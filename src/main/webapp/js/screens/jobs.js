import {html, nothing} from 'lit';
import {KilnElement} from '../core/element.js';
import '../jobs/list.js';
import '../jobs/execution.js';

/** The plain JSR-352 view: /jobs is the jobs and their executions, /jobs/ID one execution. */
class JobsScreen extends KilnElement {
  static properties = {path: {attribute: false}, query: {attribute: false}};

  render() {
    const [execution] = this.path ?? [];
    return execution
      ? html`<kiln-job-execution .execution=${execution}></kiln-job-execution>`
      : html`<kiln-job-list .query=${this.query ?? nothing}></kiln-job-list>`;
  }
}

customElements.define('kiln-jobs', JobsScreen);
