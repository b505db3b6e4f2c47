import {html} from 'lit';
import {post} from '../../core/api.js';
import {act, complain} from '../../core/notices.js';
import {ask} from '../../components/ask.js';
import '../../components/folder-browser.js';
import {counted} from './runs.js';

/** What a look at the folders has brought, in words. */
function brought({folders, added, missing, returned, found}) {
  folders.filter(folder => folder.problem).forEach(folder => complain(folder.problem));
  const parts = [
    added && `${counted(added, 'new item')} added`,
    missing && `${counted(missing, 'input')} missing`,
    returned && `${counted(returned, 'input')} there again`,
    found && `${counted(found, 'item')} with outputs by tomocupy`,
  ].filter(Boolean);
  return parts.length ? `Looked again: ${parts.join(', ')}.` : 'Looked again: nothing has changed.';
}

/** Looks at the folders of the batch again. */
export async function rescan(page) {
  if (await act(() => post(`/batches/${page.batch}/rescan`, {}), brought)) {
    await page.rows.read();
  }
}

const folderOf = (input = '') => input.slice(0, Math.max(0, input.lastIndexOf('/')));

/** Adds the files that are chosen, or all of a folder that match, now and whenever the folder is looked at again. */
export async function addFromFolder(page) {
  let wanted;
  const told = event => {
    wanted = event.detail;
    const {chosen, files} = wanted;
    event.target.closest('dialog').querySelector('button[value=yes]').textContent = chosen.length ? `Add ${counted(chosen.length, 'file')}` : `Add all ${counted(files, 'file')} of the folder`;
  };
  const isSure = await ask({
    title: 'Add items',
    action: 'Add',
    text: html`<kiln-folder-browser .folder=${folderOf(page.rows.all[0]?.input)} .picksFiles=${true} @kiln-folder=${told}></kiln-folder-browser>
      <p class="faint">Without a choice of files the folder is remembered: Rescan adds what is new in it.</p>`,
  });
  if (!isSure || !wanted?.folder) {
    return;
  }
  const {folder, pattern, chosen} = wanted;
  const added = chosen.length
    ? await act(() => post(`/batches/${page.batch}/items`, {items: chosen.map(input => ({input}))}), ({items}) => `Added ${counted(items.length, 'item')}.`)
    : await act(() => post(`/batches/${page.batch}/rescan`, {folder, pattern}), brought);
  if (added) {
    await page.rows.read();
  }
}
