import {isSame} from './schema-field.js';

/** The parameters that an address sets; none where it is not readable, as when it was cut short. */
export function givenOf(query) {
  try {
    return JSON.parse(query.get('parameters') ?? '{}');
  } catch (unreadable) {
    return {};
  }
}

/** Which items an address means, as POST /batches/ID/runs takes it: {items}, {from}, or {} for all. */
export function choiceOf(query) {
  const items = query.get('items');
  const from = query.get('from');
  return items ? {items: items.split(',')} : from ? {from} : {};
}

/** The items of a batch that a choice means. */
export function chosenOf(all, {items, from}) {
  if (items) {
    const wanted = new Set(items);
    return all.filter(item => wanted.has(item.id));
  }
  return from ? all.slice(Math.max(0, all.findIndex(item => item.id === from))) : all;
}

/** Name of a parameter → how many of the items have a value of their own. */
export function ownValues(items) {
  const own = {};
  for (const item of items) {
    Object.keys(item.parameters).forEach(name => (own[name] = (own[name] ?? 0) + 1));
  }
  return own;
}

/** What a form shows that differs from the defaults, and what was set in it. */
export function changedValues(schema, inherited, given) {
  const differing = Object.entries(inherited).filter(([name, value]) => name in schema.properties && !isSame(value, schema.properties[name].default));
  return {...Object.fromEntries(differing), ...given};
}
