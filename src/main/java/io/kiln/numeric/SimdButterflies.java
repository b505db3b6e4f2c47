package io.kiln.numeric;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link PlainButterflies}, several values at a time; runs shorter than a vector are left to those. */
final class SimdButterflies implements Butterflies {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final Butterflies plain = new PlainButterflies();

    @Override
    public void two(Lines from, int in, Lines to, int out, int run) {
        if (run < LANES) {
            plain.two(from, in, to, out, run);
            return;
        }
        two(from.real(), in, to.real(), out, run);
        two(from.imaginary(), in, to.imaginary(), out, run);
    }

    private static void two(float[] x, int in, float[] y, int out, int run) {
        for (int i = 0; i < run; i += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, in + i);
            FloatVector b = FloatVector.fromArray(SPECIES, x, in + run + i);
            a.add(b).intoArray(y, out + i);
            a.sub(b).intoArray(y, out + run + i);
        }
    }

    @Override
    public void four(Lines from, int in, int step, Lines to, int out, int run, Roots roots, int power) {
        if (run < LANES) {
            plain.four(from, in, step, to, out, run, roots, power);
            return;
        }
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
        for (int i = 0; i < run; i += LANES) {
            FloatVector ar = FloatVector.fromArray(SPECIES, xr, in + i);
            FloatVector ai = FloatVector.fromArray(SPECIES, xi, in + i);
            FloatVector br = FloatVector.fromArray(SPECIES, xr, in + step + i);
            FloatVector bi = FloatVector.fromArray(SPECIES, xi, in + step + i);
            FloatVector cr = FloatVector.fromArray(SPECIES, xr, in + 2 * step + i);
            FloatVector ci = FloatVector.fromArray(SPECIES, xi, in + 2 * step + i);
            FloatVector dr = FloatVector.fromArray(SPECIES, xr, in + 3 * step + i);
            FloatVector di = FloatVector.fromArray(SPECIES, xi, in + 3 * step + i);
            FloatVector pr = ar.add(cr);
            FloatVector pi = ai.add(ci);
            FloatVector qr = br.add(dr);
            FloatVector qi = bi.add(di);
            FloatVector mr = ar.sub(cr);
            FloatVector mi = ai.sub(ci);
            FloatVector nr = br.sub(dr);
            FloatVector ni = bi.sub(di);
            pr.add(qr).intoArray(yr, out + i);
            pi.add(qi).intoArray(yi, out + i);
            put(mr.add(ni), mi.sub(nr), w1r, w1i, yr, yi, out + run + i);
            put(pr.sub(qr), pi.sub(qi), w2r, w2i, yr, yi, out + 2 * run + i);
            put(mr.sub(ni), mi.add(nr), w3r, w3i, yr, yi, out + 3 * run + i);
        }
    }

    private static void put(FloatVector re, FloatVector im, float wr, float wi, float[] yr, float[] yi, int at) {
        re.mul(wr).sub(im.mul(wi)).intoArray(yr, at);
        re.mul(wi).add(im.mul(wr)).intoArray(yi, at);
    }

    @Override
    public void multiply(Lines line, Roots factors) {
        float[] real = line.real();
        float[] imaginary = line.imaginary();
        int offset = line.offset();
        float[] fr = factors.real();
        float[] fi = factors.imaginary();
        if (fr.length < LANES) {
            plain.multiply(line, factors);
            return;
        }
        for (int i = 0; i < fr.length; i += LANES) {
            FloatVector re = FloatVector.fromArray(SPECIES, real, offset + i);
            FloatVector im = FloatVector.fromArray(SPECIES, imaginary, offset + i);
            FloatVector wr = FloatVector.fromArray(SPECIES, fr, i);
            FloatVector wi = FloatVector.fromArray(SPECIES, fi, i);
            re.mul(wr).sub(im.mul(wi)).intoArray(real, offset + i);
            re.mul(wi).add(im.mul(wr)).intoArray(imaginary, offset + i);
        }
    }
}
