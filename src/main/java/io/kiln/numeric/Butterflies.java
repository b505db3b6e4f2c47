package io.kiln.numeric;

/** The inner loops of {@link StockhamTransform}: small transforms of contiguous runs, times one root of unity for each output run. */
final class Butterflies {
    private Butterflies() {}

    static void two(Lines from, Lines to, int run) {
        float[] xr = from.real();
        float[] xi = from.imaginary();
        float[] yr = to.real();
        float[] yi = to.imaginary();
        int in = from.offset();
        int out = to.offset();
        for (int i = 0; i < run; i++) {
            float ar = xr[in + i];
            float ai = xi[in + i];
            float br = xr[in + run + i];
            float bi = xi[in + run + i];
            yr[out + i] = ar + br;
            yi[out + i] = ai + bi;
            yr[out + run + i] = ar - br;
            yi[out + run + i] = ai - bi;
        }
    }

    static void four(Lines from, Lines to, int in, int step, int out, int run, float[] wr, float[] wi) {
        float[] xr = from.real();
        float[] xi = from.imaginary();
        float[] yr = to.real();
        float[] yi = to.imaginary();
        float w1r = wr[0], w2r = wr[1], w3r = wr[2];
        float w1i = wi[0], w2i = wi[1], w3i = wi[2];
        for (int i = 0; i < run; i++) {
            float ar = xr[in + i];
            float ai = xi[in + i];
            float br = xr[in + step + i];
            float bi = xi[in + step + i];
            float cr = xr[in + 2 * step + i];
            float ci = xi[in + 2 * step + i];
            float dr = xr[in + 3 * step + i];
            float di = xi[in + 3 * step + i];
            float pr = ar + cr;
            float pi = ai + ci;
            float qr = br + dr;
            float qi = bi + di;
            float mr = ar - cr;
            float mi = ai - ci;
            float nr = br - dr;
            float ni = bi - di;
            yr[out + i] = pr + qr;
            yi[out + i] = pi + qi;
            float sr = mr + ni;
            float si = mi - nr;
            yr[out + run + i] = sr * w1r - si * w1i;
            yi[out + run + i] = sr * w1i + si * w1r;
            float tr = pr - qr;
            float ti = pi - qi;
            yr[out + 2 * run + i] = tr * w2r - ti * w2i;
            yi[out + 2 * run + i] = tr * w2i + ti * w2r;
            float ur = mr - ni;
            float ui = mi + nr;
            yr[out + 3 * run + i] = ur * w3r - ui * w3i;
            yi[out + 3 * run + i] = ur * w3i + ui * w3r;
        }
    }
}
