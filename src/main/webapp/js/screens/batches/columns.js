import {html} from 'lit';
import {setQuery} from '../../core/router.js';
import {ask} from '../../components/ask.js';

/** Asks which parameters have columns; the address keeps them. */
export async function chooseColumns(page) {
  const shown = page.columns();
  const form = await ask({
    title: 'Parameters as columns',
    action: 'Show',
    text: html`<div class="choices">${page.parameters.names().map(
      name => html`<label title=${page.parameters.schema(name).description ?? ''}><input type="checkbox" name="column" value=${name} ?checked=${shown.includes(name)}> ${page.parameters.title(name)}</label>`,
    )}</div>`,
  });
  if (form) {
    setQuery({columns: form.getAll('column').join(',') || ',', differences: ''});
  }
}
