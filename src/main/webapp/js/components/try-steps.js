import {get, query} from '../core/api.js';
import {centre, tryImages} from './try-centre.js';

const SIZE = 512;

/** The images of a try from centre to centre, one of which is looked at: first the one that was published as the try's picture, in the middle. */
export class TrySteps {
  /** @param {string} id of the try's run */
  constructor(id) {
    this.id = id;
    this.images = [];
    this.at = 0;
    this.isMoved = false;
  }

  /** Reads what there is to step through, once, and the item as it is now. */
  read() {
    this.reading ??= get(`/runs/${this.id}`).then(run => this.take(run));
    return this.reading;
  }

  async readItem() {
    this.item = await get(`/batches/${this.run.batch}/items/${this.run.item}`);
  }

  async take(run) {
    const all = (tryImages(run) ?? []).map((image, index) => ({...image, index}));
    const slices = [...new Set(all.map(({slice}) => slice))];
    this.run = run;
    this.images = all.filter(({slice}) => slice === slices[slices.length >> 1]);
    this.at = this.images.length >> 1;
    await this.readItem();
  }

  /** The image that is looked at; undefined before there is one. */
  get image() {
    return this.images[this.at];
  }

  /** Where its picture is. */
  get address() {
    return `/api/pictures/slice.png${query({run: this.id, index: this.image.index, size: SIZE})}`;
  }

  get words() {
    return this.image ? `${centre(this.image)}, ${this.at + 1} of ${this.images.length}` : '…';
  }

  /** Whether the item has this image's centre already. */
  get isTaken() {
    return this.image !== undefined && this.item?.parameters.rotationAxis === this.image.rotationAxis;
  }

  step(by) {
    this.isMoved = this.images.length > 0;
    this.at = Math.min(Math.max(0, this.at + by), Math.max(0, this.images.length - 1));
  }
}
