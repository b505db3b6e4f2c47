package io.kiln.numeric;

/** The loops one value at a time. */
final class PlainButterflies implements Butterflies {
    @Override
    public void two(Lines from, int in, Lines to, int out, int run) {
        float[] xr = from.real();
        float[] xi = from.imaginary();
        float[] yr = to.real();
        float[] yi = to.imaginary();
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

    @Override
    public void four(Lines from, int in, int step, Lines to, int out, int run, Roots roots, int power) {
        float[] xr = from.real();
        float[] xi = from.imaginary();
        float[] yr = to.real();
        float[] yi = to.imaginary();
        float w1r = roots.real()[power];
        float w1i = roots.imaginary()[power];
        float w2r = roots.real()[2 * power];
        float w2i = roots.imaginary()[2 * power];
        float w3r = roots.real()[3 * power];
        float w3i = roots.imaginary()[3 * power];
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

    @Override
    public void multiply(Lines line, Roots factors) {
        float[] real = line.real();
        float[] imaginary = line.imaginary();
        int offset = line.offset();
        float[] fr = factors.real();
        float[] fi = factors.imaginary();
        for (int i = 0; i < fr.length; i++) {
            float re = real[offset + i];
            float im = imaginary[offset + i];
            real[offset + i] = re * fr[i] - im * fi[i];
            imaginary[offset + i] = re * fi[i] + im * fr[i];
        }
    }
}
