/** Which items are selected. Ids stay selected while they are not shown; ranges go over what is shown. */
export class Selection {
  constructor(changed) {
    this.ids = new Set();
    this.anchor = null;
    this.changed = changed;
  }

  has(id) {
    return this.ids.has(id);
  }

  get size() {
    return this.ids.size;
  }

  /** Exactly these. */
  set(ids) {
    this.ids = new Set(ids);
    this.changed();
  }

  /**
   * A click on an item, with what was held down.
   *
   * @param {string[]} shown ids in the order that is seen
   * @param {{isRange: boolean, isAdded: boolean}} how a range from the last one clicked; kept are those selected before
   */
  click(id, shown, {isRange, isAdded}) {
    if (isRange && this.anchor !== null && shown.includes(this.anchor)) {
      const [from, to] = [shown.indexOf(this.anchor), shown.indexOf(id)].sort((a, b) => a - b);
      const range = shown.slice(from, to + 1);
      this.ids = new Set(isAdded ? [...this.ids, ...range] : range);
    } else {
      this.ids = isAdded ? this.toggled(id) : new Set([id]);
      this.anchor = id;
    }
    this.changed();
  }

  toggled(id) {
    const ids = new Set(this.ids);
    return ids.delete(id) ? ids : ids.add(id);
  }

  /** Forgets what is gone. */
  keep(known) {
    const kept = [...this.ids].filter(id => known.has(id));
    if (kept.length !== this.ids.size) {
      this.ids = new Set(kept);
    }
  }
}
