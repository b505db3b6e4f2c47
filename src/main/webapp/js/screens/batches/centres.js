import {patch} from '../../core/api.js';
import {complain, say} from '../../core/notices.js';
import {fileName} from '../../core/format.js';
import {counted} from './runs.js';

const FILE = 'batch_cor_values.csv';
const HEAD = 'Filename,COR';

const quoted = text => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The centres of rotation as TomoGUI keeps them: a line for each file that has one. */
export function csv(rows, shared) {
  const lines = rows
    .map(row => [fileName(row.input), row.parameters.rotationAxis ?? shared.rotationAxis])
    .filter(([, centre]) => centre !== undefined && centre !== null)
    .map(([file, centre]) => `${quoted(file)},${centre}`);
  return [HEAD, ...lines, ''].join('\r\n');
}

/**
 * The centres of a CSV file by file name; lines without a name or a number are left out.
 *
 * @throws {Error} where its first line names no Filename and COR
 */
export function parse(text) {
  const [head, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter(line => line.trim()).map(cells);
  const names = (head ?? []).map(cell => cell.toLowerCase());
  const [file, centre] = [names.indexOf('filename'), names.indexOf('cor')];
  if (file < 0 || centre < 0) {
    throw new Error(`The file begins with "${(head ?? []).join(',')}", but must begin with "${HEAD}".`);
  }
  return new Map(
    lines.filter(line => line[file] && line[centre] && Number.isFinite(Number(line[centre]))).map(line => [fileName(line[file]), Number(line[centre])]),
  );
}

const cells = line => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell]) => cell.trim().replace(/^"|"$/g, '').replaceAll('""', '"'));

export function exportCentres(page) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv(page.rows.all, page.about.parameters)], {type: 'text/csv'}));
  link.download = FILE;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Reads centres from a file of the user's machine, and saves them as the items' own. */
export function importCentres(page) {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.csv,text/csv';
  input.addEventListener('change', async () => {
    try {
      await take(page, parse(await input.files[0].text()));
    } catch (problem) {
      complain(problem);
    }
  });
  input.click();
}

async function take(page, centres) {
  const changed = page.rows.all.filter(row => centres.has(fileName(row.input)) && row.parameters.rotationAxis !== centres.get(fileName(row.input)));
  const known = new Set(page.rows.all.map(row => fileName(row.input)));
  const unknown = [...centres.keys()].filter(file => !known.has(file));
  let saved = 0;
  for (const row of changed) {
    try {
      page.rows.edited(row.id, await patch(`/batches/${page.batch}/items/${row.id}`, {parameters: {rotationAxis: centres.get(fileName(row.input))}}, row.version));
      saved++;
    } catch (problem) {
      complain(`${row.name}: ${problem.message}`);
    }
  }
  say(`Took over ${counted(saved, 'centre')} of rotation${unknown.length ? `; ${counted(unknown.length, 'file')} of the CSV ${unknown.length === 1 ? 'is' : 'are'} not in this batch` : ''}.`);
}
