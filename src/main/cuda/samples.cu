// Reconstructed values as the pixels of a written slice: io.kiln.volume.Samples says what they mean, and gives the same bytes.
#include "portable.cuh"

// Rounded to the nearest; low and less become 0, high and more the largest number, NaN 0. Each operation is rounded by itself, as Java does.
__device__ static inline unsigned scaled(float value, double low, double factor, unsigned largest)
{
    double number = __dmul_rn(__dsub_rn((double) value, low), factor);
    return number > 0 ? number < largest ? (unsigned) __dadd_rn(number, 0.5) : largest : 0;
}

extern "C" __global__ void samples_uint16(
    const float* __restrict__ values, unsigned short* __restrict__ pixels, long long count, double low, double factor)
{
    long long i = (long long) blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) {
        pixels[i] = (unsigned short) scaled(values[i], low, factor, 0xFFFF);
    }
}

extern "C" __global__ void samples_uint8(
    const float* __restrict__ values, unsigned char* __restrict__ pixels, long long count, double low, double factor)
{
    long long i = (long long) blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) {
        pixels[i] = (unsigned char) scaled(values[i], low, factor, 0xFF);
    }
}
