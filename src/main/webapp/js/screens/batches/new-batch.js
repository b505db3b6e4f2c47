import {html} from 'lit';
import {get, post} from '../../core/api.js';
import {act, complain} from '../../core/notices.js';
import {go} from '../../core/router.js';
import {ask} from '../../components/ask.js';
import {files} from '../../components/folder-browser.js';

const STANDARD_PATTERN = '*.{h5,hdf5,hdf}';

/** The fields to choose a folder of the server and which of its files. */
export function folderFields({picksFiles = false, folder = ''} = {}) {
  const changed = event => {
    const form = event.target.closest('form');
    const {folder, files: count} = event.detail;
    form.elements.folder.value = folder;
    form.querySelector('output').value = folder ? `${files(count)} match` : 'Choose a folder';
    if (form.elements.name && !form.elements.name.dataset.typed) {
      form.elements.name.value = folder.slice(folder.lastIndexOf('/') + 1);
    }
  };
  const pattern = event => (event.target.form.querySelector('kiln-folder-browser').pattern = event.target.value);
  return html`
    <label class="field">Which files <input name="pattern" .value=${STANDARD_PATTERN} @change=${pattern}></label>
    <kiln-folder-browser .folder=${folder} pattern=${STANDARD_PATTERN} ?picksfiles=${picksFiles} @kiln-folder=${changed}></kiln-folder-browser>
    <input type="hidden" name="folder">
    <output class="faint"></output>`;
}

/** Asks for what a batch needs, makes it and shows it. */
export async function newBatch() {
  let pipelines;
  try {
    pipelines = (await get('/pipelines')).items;
  } catch (problem) {
    complain(problem);
    return;
  }
  const answer = await ask({
    title: 'New batch',
    action: 'Make the batch',
    text: html`
      <div class="fields">
        <label class="field">Name <input name="name" required @input=${event => (event.target.dataset.typed = 'yes')}></label>
        ${folderFields()}
        <label class="field">Pipeline
          <select name="pipeline">
            <option value="">chosen when it is run</option>
            ${pipelines.map(one => html`<option value=${one.name}>${one.name}</option>`)}
          </select>
        </label>
        <label class="field">Output folder <input name="output" placeholder="beside the inputs"></label>
      </div>`,
  });
  if (answer) {
    const wanted = Object.fromEntries([...answer].filter(([name, value]) => value !== '' && (name !== 'pattern' || answer.get('folder'))));
    const batch = await act(() => post('/batches', wanted), made => `Made the batch "${made.name}" with ${made.status.items} items.`);
    if (batch) {
      go(`/batches/${batch.id}`);
    }
  }
}
