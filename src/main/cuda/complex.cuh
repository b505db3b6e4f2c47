// Complex numbers: x is the real part, y the imaginary one.
#pragma once

__device__ static inline float2 operator+(float2 a, float2 b) { return make_float2(a.x + b.x, a.y + b.y); }
__device__ static inline float2 operator-(float2 a, float2 b) { return make_float2(a.x - b.x, a.y - b.y); }
__device__ static inline float2 operator*(float2 a, float b) { return make_float2(a.x * b, a.y * b); }

__device__ static inline float2 operator*(float2 a, float2 b)
{
    return make_float2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

__device__ static inline float2 conjugate(float2 a) { return make_float2(a.x, -a.y); }
__device__ static inline float2 times_minus_i(float2 a) { return make_float2(a.y, -a.x); }
__device__ static inline float2 times_i(float2 a) { return make_float2(-a.y, a.x); }

// Real and imaginary part exchanged. An inverse transform is the forward one between two exchanges.
__device__ static inline float2 exchanged(float2 a) { return make_float2(a.y, a.x); }
