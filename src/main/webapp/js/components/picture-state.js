import {get} from '../core/api.js';
import {fileName} from '../core/format.js';
import {describe} from './picture-store.js';
import {tryImages} from './try-centre.js';

/** What the address says of a view of pictures, and back. */

const number = text => (text === null || text === '' ? undefined : Number(text));

export function readPictureState(query) {
  const view = query.get('view')?.split(',').map(Number);
  const state = {
    run: query.get('run') ?? undefined,
    path: query.get('path') ?? undefined,
    dataset: query.get('dataset') ?? undefined,
    beside: query.get('beside') ?? undefined,
    of: query.get('of') ?? 'output',
    axis: number(query.get('axis')) ?? 0,
    index: number(query.get('index')),
    projection: query.get('projection') ?? undefined,
    corrected: query.get('corrected') === 'true',
    low: number(query.get('min')),
    high: number(query.get('max')),
    view: view?.length === 3 && view.every(Number.isFinite) ? {x: view[0], y: view[1], scale: view[2]} : null,
    tool: query.get('tool') ?? 'move',
  };
  // what makes it another source rather than another view of it
  return {...state, key: JSON.stringify([state.run, state.path, state.dataset, state.beside, state.of])};
}

/** @param isFilled true to leave out what is empty, rather than to say that it is */
export function pictureQuery(state, isFilled = false) {
  const {view} = state;
  const values = {
    run: state.run,
    path: state.path,
    dataset: state.dataset,
    beside: state.beside,
    of: state.of === 'output' ? '' : state.of,
    axis: state.axis || '',
    index: state.index,
    projection: state.projection,
    corrected: state.corrected || '',
    min: state.low,
    max: state.high,
    view: view ? [view.x.toFixed(1), view.y.toFixed(1), view.scale.toPrecision(4)].join() : '',
    tool: state.tool === 'move' ? '' : state.tool,
  };
  const entries = Object.entries(values).map(([name, value]) => [name, value === undefined || value === null ? '' : String(value)]);
  return Object.fromEntries(isFilled ? entries.filter(([, value]) => value !== '') : entries);
}

/** A source as it is looked at: {source, facts, name}, and the run, batch and item that it belongs to where it is a run's. */
export async function readSide({path, dataset, of}, id) {
  if (!id) {
    const source = {path, dataset};
    return {source, facts: await describe(source), name: fileName(path)};
  }
  const run = await get(`/runs/${id}`);
  const [batch, item] = await Promise.all([get(`/batches/${run.batch}`), get(`/batches/${run.batch}/items/${run.item}`)]);
  const source = of === 'output' ? {run: id} : {path: item.input};
  const facts = await describe(source);
  const axes = of === 'output' && !tryImages(run) ? ['slice', ...facts.axes.slice(1)] : facts.axes;
  return {source, facts: {...facts, axes}, run, batch, item, name: `${item.name}, ${run.pipeline}`};
}
