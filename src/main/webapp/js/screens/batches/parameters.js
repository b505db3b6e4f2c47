import {get} from '../../core/api.js';

/** What is said of the parameters of every pipeline: name → JSON Schema. */
export class Parameters {
  constructor(pipelines) {
    this.pipelines = pipelines;
    this.schemas = new Map();
    for (const {parameters} of pipelines) {
      for (const [name, schema] of Object.entries(parameters.properties)) {
        this.schemas.set(name, schema);
      }
    }
  }

  static async read() {
    return new Parameters((await get('/pipelines')).items);
  }

  names() {
    return [...this.schemas.keys()].sort();
  }

  schema(name) {
    return this.schemas.get(name) ?? {};
  }

  /** The name as people read it, with its unit; the axis of rotation is what they call the centre. */
  title(name) {
    const {unit} = this.schema(name);
    const words = name === 'rotationAxis' ? 'Centre' : name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase().replace(/^./, first => first.toUpperCase());
    return unit ? `${words} / ${unit}` : words;
  }

  /**
   * What was typed as the parameter's type; null where it is empty: the item takes the batch's value again.
   *
   * @throws {Error} in words where it cannot be
   */
  parse(name, text) {
    const trimmed = text.trim();
    if (trimmed === '') {
      return null;
    }
    const types = [this.schema(name).type].flat();
    if (types.includes('number') || types.includes('integer')) {
      const value = Number(trimmed.replace(',', '.'));
      if (Number.isNaN(value)) {
        throw new Error(`${this.title(name)} is a number, not "${trimmed}".`);
      }
      return value;
    }
    if (types.includes('boolean')) {
      if (!['true', 'false', 'yes', 'no'].includes(trimmed.toLowerCase())) {
        throw new Error(`${this.title(name)} is true or false, not "${trimmed}".`);
      }
      return ['true', 'yes'].includes(trimmed.toLowerCase());
    }
    return types.includes('array') || types.includes('object') ? JSON.parse(trimmed) : trimmed;
  }
}

/** A value as text; '' for none. */
export const text = value => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** The parameters in which the items differ, by what they have set themselves over the batch's. */
export function differing(rows, shared) {
  const names = new Set(rows.flatMap(row => Object.keys(row.parameters)));
  return [...names].filter(name => new Set(rows.map(row => text(row.parameters[name] ?? shared[name]))).size > 1).sort();
}
