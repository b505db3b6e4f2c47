// The discrete Fourier transform of many lines at once, each a power of two from 2 to 16384 complex values, in single precision, not scaled.
//
// Stockham's self-sorting algorithm (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, 1.7) in steps of radix 16 and a last one of
// radix 2, 4 or 8. A thread holds 16 values of a line in registers; between two steps a line's threads exchange them through shared memory, real parts
// first and imaginary parts afterwards, so that 16384 values pass through 64 KiB.
//
// A block is (lines, threads of a line): neighbouring threads work on the same place of neighbouring lines. Shared memory: lines x length floats.
#pragma once
#include "complex.cuh"
#include "portable.cuh"

namespace line_transform {

constexpr int POINTS = 16;     // of a line, in one thread
constexpr int LONGEST = 16384; // also the number of roots in the table: roots[k] = exp(-2 pi i k / LONGEST)
constexpr int MOST_THREADS = LONGEST / POINTS;

// Which values of a line a thread holds: register e has the value at index(e). Lines shorter than 16 leave registers unused.
struct Share {
    int length;
    int thread;

    __device__ int index(int e) const { return thread + (e * length >> 4); }
    __device__ bool has(int e) const { return (e * length & (POINTS - 1)) == 0; }
};

__device__ static inline void dft(float2& a, float2& b)
{
    float2 sum = a + b;
    b = a - b;
    a = sum;
}

__device__ static inline void dft(float2& a, float2& b, float2& c, float2& d)
{
    float2 p = a + c;
    float2 q = a - c;
    float2 r = b + d;
    float2 s = times_minus_i(b - d);
    a = p + r;
    b = q + s;
    c = p - r;
    d = q - s;
}

// Times exp(-pi i / 4), and times exp(-3 pi i / 4).
__device__ static inline float2 times_eighth(float2 a)
{
    return make_float2(0.70710678f * (a.x + a.y), 0.70710678f * (a.y - a.x));
}

__device__ static inline float2 times_three_eighths(float2 a)
{
    return make_float2(0.70710678f * (a.y - a.x), -0.70710678f * (a.x + a.y));
}

__device__ static inline void dft(float2 (&x)[2]) { dft(x[0], x[1]); }

__device__ static inline void dft(float2 (&x)[4]) { dft(x[0], x[1], x[2], x[3]); }

__device__ static inline void dft(float2 (&x)[8])
{
    float2 even[4] = {x[0], x[2], x[4], x[6]};
    float2 odd[4] = {x[1], x[3], x[5], x[7]};
    dft(even);
    dft(odd);
    odd[1] = times_eighth(odd[1]);
    odd[2] = times_minus_i(odd[2]);
    odd[3] = times_three_eighths(odd[3]);
#pragma unroll
    for (int i = 0; i < 4; i++) {
        x[i] = even[i] + odd[i];
        x[i + 4] = even[i] - odd[i];
    }
}

// Four transforms of 4, roots of 16, four transforms of 4.
__device__ static inline void dft(float2 (&x)[16])
{
    const float2 root = make_float2(0.92387953f, -0.38268343f);
    const float2 third = make_float2(0.38268343f, -0.92387953f);
#pragma unroll
    for (int i = 0; i < 4; i++) {
        dft(x[i], x[i + 4], x[i + 8], x[i + 12]);
    }
    x[5] = x[5] * root;
    x[6] = times_eighth(x[6]);
    x[7] = x[7] * third;
    x[9] = times_eighth(x[9]);
    x[10] = times_minus_i(x[10]);
    x[11] = times_three_eighths(x[11]);
    x[13] = x[13] * third;
    x[14] = times_three_eighths(x[14]);
    x[15] = x[15] * make_float2(-0.92387953f, 0.38268343f);
    float2 sorted[16];
#pragma unroll
    for (int i = 0; i < 4; i++) {
        dft(x[4 * i], x[4 * i + 1], x[4 * i + 2], x[4 * i + 3]);
#pragma unroll
        for (int j = 0; j < 4; j++) {
            sorted[i + 4 * j] = x[4 * i + j];
        }
    }
#pragma unroll
    for (int i = 0; i < 16; i++) {
        x[i] = sorted[i];
    }
}

// Multiplies value i by root^i. Each power is made from the last one: having more of them at hand would cost registers that are not there.
template <int RADIX> __device__ static inline void twist(float2 (&x)[RADIX], float2 root)
{
    float2 power = root;
#pragma unroll
    for (int i = 1; i < RADIX; i++) {
        x[i] = x[i] * power;
        power = power * root;
    }
}

// One step: combines transforms of `done` values each, a power of two, RADIX of them at a time.
template <int RADIX>
__device__ static inline void step(float2 (&v)[POINTS], int done, Share share, const float2* __restrict__ roots)
{
    constexpr int BUTTERFLIES = POINTS / RADIX;
#pragma unroll
    for (int b = 0; b < BUTTERFLIES; b++) {
        float2 x[RADIX];
#pragma unroll
        for (int i = 0; i < RADIX; i++) {
            x[i] = v[b + i * BUTTERFLIES];
        }
        if (done > 1) {
            int place = share.index(b) & (done - 1);
            twist<RADIX>(x, __ldg(roots + place * (LONGEST / RADIX >> (31 - __clz(done)))));
        }
        dft(x);
#pragma unroll
        for (int i = 0; i < RADIX; i++) {
            v[b + i * BUTTERFLIES] = x[i];
        }
    }
}

// Where a line's value is put in shared memory: what the threads of a warp write or read at once is spread over the 32 banks, neighbouring lines too. Each 32
// places change places with each other only.
__device__ static inline int bank(int i, int length)
{
    int own = threadIdx.x << 3 & 31 & (length - 1);
    return i ^ (i >> 5 & 31) ^ (i >> 4 & 16) ^ own;
}

// The place of a thread's value e after a step of radix 16 on transforms of `done` values.
__device__ static inline int stepped(int thread, int done, int e)
{
    return (thread & ~(done - 1)) * POINTS + (thread & (done - 1)) + e * done;
}

// The same number, of which the compiler does not know that it is the same: it works out again what it would else keep in registers that are not there.
__device__ static inline int afresh(int number)
{
    asm volatile("" : "+r"(number));
    return number;
}

// After a step of radix 16 on transforms of `done` values, puts the values where the next step takes them.
__device__ static inline void exchange(float2 (&v)[POINTS], int done, Share share, float* __restrict__ shared)
{
    float* line = shared + threadIdx.x * share.length;
    int thread = share.thread;
    __syncthreads();
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        line[bank(stepped(thread, done, e), share.length)] = v[e].x;
    }
    __syncthreads();
    thread = afresh(thread);
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e].x = line[bank(thread + e * (share.length / POINTS), share.length)];
    }
    __syncthreads();
    thread = afresh(thread);
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        line[bank(stepped(thread, done, e), share.length)] = v[e].y;
    }
    __syncthreads();
    thread = afresh(thread);
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e].y = line[bank(thread + e * (share.length / POINTS), share.length)];
    }
}

// out[k] = sum of in[j] exp(-2 pi i j k / length), in place: register e has the value at index(e) before and after. Every thread of a block must come here.
__device__ static inline void forward(
    float2 (&v)[POINTS], Share share, const float2* __restrict__ roots, float* __restrict__ shared)
{
    int done = 1;
    while (done * POINTS <= share.length) {
        step<16>(v, done, share, roots);
        if (done * POINTS == share.length) {
            return;
        }
        exchange(v, done, share, shared);
        done *= POINTS;
    }
    switch (share.length / done) {
    case 2: step<2>(v, done, share, roots); break;
    case 4: step<4>(v, done, share, roots); break;
    default: step<8>(v, done, share, roots);
    }
}

// out[k] = sum of in[j] exp(+2 pi i j k / length), otherwise as forward.
__device__ static inline void inverse(
    float2 (&v)[POINTS], Share share, const float2* __restrict__ roots, float* __restrict__ shared)
{
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e] = exchanged(v[e]);
    }
    forward(v, share, roots, shared);
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e] = exchanged(v[e]);
    }
}

} // namespace line_transform
