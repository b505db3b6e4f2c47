/**
 * Lets a long table draw only the rows that are seen. All rows are equally high; the host renders `range()` of them between two gaps, and calls `observe()`
 * with the element that scrolls after each update.
 */
export class VirtualRows {
  /** @param {number} rowHeight pixels */
  constructor(host, rowHeight, overscan = 12) {
    this.host = host;
    this.rowHeight = rowHeight;
    this.overscan = overscan;
    this.first = 0;
    this.shown = 40;
    this.scrolled = () => this.look();
    this.resized = new ResizeObserver(() => this.look());
    host.addController(this);
  }

  hostDisconnected() {
    this.observe(null);
  }

  hostUpdated() {
    this.observe(this.host.querySelector('[data-scroller]'));
  }

  observe(scroller) {
    if (scroller !== this.scroller) {
      this.scroller?.removeEventListener('scroll', this.scrolled);
      this.resized.disconnect();
      this.scroller = scroller;
      if (scroller) {
        scroller.addEventListener('scroll', this.scrolled, {passive: true});
        this.resized.observe(scroller);
      }
    }
  }

  /** @returns {{first: number, end: number, before: number, after: number}} which rows to draw, and how high the gaps are, in pixels */
  range(count) {
    const drawn = this.shown + 2 * this.overscan;
    const first = Math.max(0, Math.min(this.first - this.overscan, count - drawn));
    const end = Math.min(count, first + drawn);
    return {first, end, before: first * this.rowHeight, after: (count - end) * this.rowHeight};
  }

  /** Scrolls so that the row is seen. */
  reveal(index, headHeight = 0) {
    const top = index * this.rowHeight;
    const {scrollTop, clientHeight} = this.scroller;
    if (top < scrollTop) {
      this.scroller.scrollTop = top;
    } else if (top + this.rowHeight + headHeight > scrollTop + clientHeight) {
      this.scroller.scrollTop = top + this.rowHeight + headHeight - clientHeight;
    }
    this.look();
  }

  /** Draws anew once the rows that are seen come near the end of those that are drawn. */
  look() {
    const first = Math.floor(this.scroller.scrollTop / this.rowHeight);
    const shown = Math.ceil(this.scroller.clientHeight / this.rowHeight) + 1;
    if (Math.abs(first - this.first) > this.overscan / 2 || shown > this.shown || (first === 0 && this.first !== 0)) {
      this.first = first;
      this.shown = Math.max(shown, 1);
      this.host.requestUpdate();
    }
  }
}
