import {LitElement} from 'lit';

/** An element whose parts belong to the page itself: one style sheet serves all, and labels and descriptions reach across elements. */
export class KilnElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
