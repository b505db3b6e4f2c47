const OPAQUE = 0xff000000;
const GREY = 0x010101;

/**
 * A part of a picture in grey. It keeps the values that the server gave: another window draws them anew and asks for nothing. One layer serves picture after
 * picture, so that a movie leaves nothing behind.
 */
export class GreyLayer {
  constructor() {
    /** What is drawn, and where: pixels of the picture. */
    this.bitmap = document.createElement('canvas');
    this.place = null;
    this.data = null;
    this.paper = this.bitmap.getContext('2d');
  }

  /**
   * Takes other values; they are seen once they are drawn.
   *
   * @param {{values: Float32Array, width: number, height: number}} data
   * @param {{x: number, y: number, width: number, height: number}} place in the picture, in its pixels
   */
  put(data, place) {
    Object.assign(this, {data, next: place});
  }

  clear() {
    Object.assign(this, {data: null, place: null, drawn: null});
  }

  /** Draws from black at `low` to white at `high`, as the server's PNGs do: what is no number is black. */
  draw(low, high) {
    const {data} = this;
    if (!data || (this.drawn?.data === data && this.drawn.low === low && this.drawn.high === high)) {
      return;
    }
    this.fit(data);
    const {values} = data;
    const {pixels} = this;
    const factor = 255 / (high - low);
    for (let i = 0; i < pixels.length; i++) {
      const grey = (values[i] - low) * factor;
      pixels[i] = OPAQUE | ((grey > 0 ? Math.floor(Math.min(grey, 255) + 0.5) : 0) * GREY);
    }
    this.paper.putImageData(this.image, 0, 0);
    Object.assign(this, {place: this.next, drawn: {data, low, high}});
  }

  fit({width, height}) {
    if (this.image?.width !== width || this.image.height !== height) {
      Object.assign(this.bitmap, {width, height});
      this.image = this.paper.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
  }
}
