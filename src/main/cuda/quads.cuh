// Slices are reconstructed in pairs, one as the real and the other as the imaginary part of complex numbers (ADR 0003), and two pairs at a time, a quad:
// whatever is known of a place (which sample falls there, with what weight) is found once and used for four slices.
//
// Arrays of a quad hold the values of its two pairs side by side: [...][2] of float2, or [...] of float4. Kernels that transform lines have a lane for each
// line of each pair: lane = 2 * line + pair.
#pragma once
#include "line_transform.cuh"

constexpr int PAIRS = 2;

struct Lane {
    int number;

    // The lane of this thread in a block of (lanes, threads of a lane).
    __device__ static Lane own() { return {(int) (blockIdx.x * blockDim.x + threadIdx.x)}; }

    __device__ int line() const { return number / PAIRS; }
    __device__ int pair() const { return number & (PAIRS - 1); }

    // Where the lane's line begins, in lines of this length. Its values are PAIRS apart.
    __device__ size_t begin(int length) const { return (size_t) line() * length * PAIRS + pair(); }
};
