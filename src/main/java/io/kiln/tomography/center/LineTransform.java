package io.kiln.tomography.center;

import io.kiln.numeric.FourierTransform;
import java.util.Arrays;

/**
 * The discrete Fourier transform of any length, by Bluestein's convolution with a chirp where the length is no power of two (Rabiner, Schafer, Rader, The
 * chirp z-transform algorithm, IEEE Trans. Audio Electroacoust. 17, 1969). For one thread at a time.
 */
final class LineTransform {
    private final int length;
    private final FourierTransform transform;
    private final float[] chirpReal;
    private final float[] chirpImaginary;
    private final float[] kernelReal;
    private final float[] kernelImaginary;
    private final float[] workReal;
    private final float[] workImaginary;
    private final float[] spectrumReal;
    private final float[] spectrumImaginary;

    LineTransform(int length) {
        this.length = length;
        boolean direct = Integer.bitCount(length) == 1;
        int convolved = direct ? length : FourierTransform.lengthFor(2 * length - 1);
        transform = FourierTransform.of(convolved);
        chirpReal = new float[length];
        chirpImaginary = new float[length];
        kernelReal = new float[convolved];
        kernelImaginary = new float[convolved];
        workReal = new float[convolved];
        workImaginary = new float[convolved];
        spectrumReal = new float[convolved];
        spectrumImaginary = new float[convolved];
        if (!direct) {
            makeChirp(convolved);
        }
    }

    private void makeChirp(int convolved) {
        for (int i = 0; i < length; i++) {
            double angle = StrictMath.PI * ((long) i * i % (2L * length)) / length;
            chirpReal[i] = (float) StrictMath.cos(angle);
            chirpImaginary[i] = (float) -StrictMath.sin(angle);
            for (int at : new int[] {i, (convolved - i) % convolved}) {
                workReal[at] = chirpReal[i] / convolved;
                workImaginary[at] = -chirpImaginary[i] / convolved;
            }
        }
        transform.forward(workReal, workImaginary, 0, kernelReal, kernelImaginary, 0);
    }

    /** out[k] = Σ in[j]·exp(−2πi·jk/length). The input is destroyed; the arrays must differ. */
    void forward(float[] real, float[] imaginary, float[] outReal, float[] outImaginary) {
        if (transform.length() == length) {
            transform.forward(real, imaginary, 0, outReal, outImaginary, 0);
            return;
        }
        int convolved = transform.length();
        Arrays.fill(workReal, length, convolved, 0);
        Arrays.fill(workImaginary, length, convolved, 0);
        multiply(real, imaginary, chirpReal, chirpImaginary, workReal, workImaginary, length);
        transform.forward(workReal, workImaginary, 0, spectrumReal, spectrumImaginary, 0);
        multiply(
                spectrumReal,
                spectrumImaginary,
                kernelReal,
                kernelImaginary,
                spectrumReal,
                spectrumImaginary,
                convolved);
        transform.inverse(spectrumReal, spectrumImaginary, 0, workReal, workImaginary, 0);
        multiply(workReal, workImaginary, chirpReal, chirpImaginary, outReal, outImaginary, length);
    }

    private static void multiply(float[] ar, float[] ai, float[] br, float[] bi, float[] cr, float[] ci, int count) {
        for (int i = 0; i < count; i++) {
            float real = ar[i] * br[i] - ai[i] * bi[i];
            ci[i] = ar[i] * bi[i] + ai[i] * br[i];
            cr[i] = real;
        }
    }
}
