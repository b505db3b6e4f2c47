// Compiles CUDA kernels as plain C++17: g++ -x c++ -include cuda_on_cpu.h kernels.cu
// The threads of a block are fibers of one thread of the operating system; whoever calls run_block spreads the blocks. What the kernels of src/main/cuda use is
// here, and nothing more: no textures, no partial masks, no cooperative groups.
#pragma once
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>

struct uint3 { unsigned x, y, z; };
struct dim3 { unsigned x = 1, y = 1, z = 1; };
struct alignas(8) float2 { float x, y; };
struct float3 { float x, y, z; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(8) int2 { int x, y; };
struct alignas(16) int4 { int x, y, z, w; };
struct alignas(8) uint2 { unsigned x, y; };
struct alignas(16) longlong2 { long long x, y; };
struct alignas(4) ushort2 { unsigned short x, y; };
struct alignas(8) ushort4 { unsigned short x, y, z, w; };
struct alignas(16) double2 { double x, y; };
static inline float2 make_float2(float x, float y) { return {x, y}; }
static inline float3 make_float3(float x, float y, float z) { return {x, y, z}; }
static inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
static inline int2 make_int2(int x, int y) { return {x, y}; }
static inline ushort2 make_ushort2(unsigned short x, unsigned short y) { return {x, y}; }
static inline double2 make_double2(double x, double y) { return {x, y}; }

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __restrict__ __restrict
#define __launch_bounds__(...)
#define __constant__ static
#define __shared__ static __thread
#define DYNAMIC_SHARED(type, name) type* name = static_cast<type*>(cpu::dynamic_shared())

namespace cpu {
// What a wrong kernel does to its context.
struct Fault {
    int result;
    std::string what;
};

// not thread_local: every use of that would ask first whether it is constructed
extern __thread uint3 thread_index, block_index;
extern __thread dim3 block_dimensions, grid_dimensions;

void* dynamic_shared();
void barrier(const void* site);                                  // __syncthreads at this place of the program
uint64_t exchange(uint64_t value, unsigned lane);                // all lanes of the warp meet; returns what that lane has brought
unsigned ballot(bool vote);

using Entry = void (*)(void** parameters);
struct Kernel {
    Entry entry;
    size_t parameters;
    const size_t* sizes;
};
void add(const char* name, const Kernel& kernel);
const Kernel* find(const std::string& name);

// Throws Fault.
void run_block(Entry entry, void** parameters, uint3 block, dim3 grid, dim3 threads, size_t dynamic_bytes);

template <class... A>
struct Caller {
    static constexpr size_t sizes[sizeof...(A) + 1] = {sizeof(A)..., 0};
    template <void (*F)(A...), size_t... I>
    static void with(void** p, std::index_sequence<I...>) { F(*static_cast<std::remove_const_t<A>*>(p[I])...); }
    template <void (*F)(A...)>
    static void call(void** p) { with<F>(p, std::index_sequence_for<A...>{}); }
};
template <auto F> struct Registration;
template <class... A, void (*F)(A...)>
struct Registration<F> {
    explicit Registration(const char* name) { add(name, {&Caller<A...>::template call<F>, sizeof...(A), Caller<A...>::sizes}); }
};
}
#define CPU_KERNEL(name) static cpu::Registration<&name> registration_of_##name(#name);

#define threadIdx cpu::thread_index
#define blockIdx cpu::block_index
#define blockDim cpu::block_dimensions
#define gridDim cpu::grid_dimensions
#define warpSize 32

static inline __attribute__((always_inline)) void __syncthreads() { here: cpu::barrier(&&here); }
static inline void __syncwarp(unsigned = ~0u) { cpu::exchange(0, 0); }
static inline unsigned cpu_lane() { return (threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z)) & 31; }
template <class T> static inline T cpu_shuffle(T value, unsigned lane)
{
    static_assert(sizeof(T) <= sizeof(uint64_t), "a shuffle moves 8 bytes at most");
    uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    bits = cpu::exchange(bits, lane);
    std::memcpy(&value, &bits, sizeof value);
    return value;
}
template <class T> static inline T __shfl_sync(unsigned, T v, int from, int width = 32) { unsigned l = cpu_lane(); return cpu_shuffle(v, (l & ~(width - 1)) | (from & (width - 1))); }
template <class T> static inline T __shfl_down_sync(unsigned, T v, unsigned by, int width = 32) { unsigned l = cpu_lane(); return cpu_shuffle(v, (l & (width - 1)) + by < (unsigned) width ? l + by : l); }
template <class T> static inline T __shfl_up_sync(unsigned, T v, unsigned by, int width = 32) { unsigned l = cpu_lane(); return cpu_shuffle(v, (l & (width - 1)) >= by ? l - by : l); }
template <class T> static inline T __shfl_xor_sync(unsigned, T v, int mask, int = 32) { return cpu_shuffle(v, cpu_lane() ^ mask); }
static inline unsigned __ballot_sync(unsigned, int vote) { return cpu::ballot(vote); }
static inline int __any_sync(unsigned, int vote) { return cpu::ballot(vote) != 0; }
template <class T> static inline T __ldg(const T* p) { return *p; }
template <class T> static inline T cpu_atomic(T* p, T operand, T (*operation)(T, T))
{
    T before, after;
    __atomic_load(p, &before, __ATOMIC_RELAXED);
    do after = operation(before, operand);
    while (!__atomic_compare_exchange(p, &before, &after, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
    return before;
}
template <class T> static inline T atomicAdd(T* p, T v) { return cpu_atomic<T>(p, v, [](T a, T b) { return (T) (a + b); }); }
template <class T> static inline T atomicMax(T* p, T v) { return cpu_atomic<T>(p, v, [](T a, T b) { return a > b ? a : b; }); }
template <class T> static inline T atomicMin(T* p, T v) { return cpu_atomic<T>(p, v, [](T a, T b) { return a < b ? a : b; }); }
static inline void __threadfence() { std::atomic_thread_fence(std::memory_order_seq_cst); }

// Arithmetic. g++ is told not to fuse multiplications and additions, so each of these rounds once.
using std::max;
using std::min;
static inline double __dadd_rn(double a, double b) { return a + b; }
static inline double __dsub_rn(double a, double b) { return a - b; }
static inline double __dmul_rn(double a, double b) { return a * b; }
static inline float __fadd_rn(float a, float b) { return a + b; }
static inline float __fsub_rn(float a, float b) { return a - b; }
static inline float __fmul_rn(float a, float b) { return a * b; }
static inline float __fmaf_rn(float a, float b, float c) { return std::fmaf(a, b, c); }
static inline float __fdiv_rn(float a, float b) { return a / b; }
static inline float __fsqrt_rn(float a) { return std::sqrt(a); }
static inline float __fdividef(float a, float b) { return a / b; }
// as macros, for the C library has functions of these names
#define __expf expf
#define __logf logf
#define __sinf sinf
#define __cosf cosf
#define __sincosf sincosf
static inline void sincospi(double x, double* s, double* c) { *s = std::sin(M_PI * x); *c = std::cos(M_PI * x); }
static inline void sincospif(float x, float* s, float* c) { double t, u; sincospi(x, &t, &u); *s = (float) t; *c = (float) u; }
static inline float sinpif(float x) { return (float) std::sin(M_PI * (double) x); }
static inline float cospif(float x) { return (float) std::cos(M_PI * (double) x); }
static inline float rsqrtf(float x) { return 1.f / sqrtf(x); }
static inline float __saturatef(float x) { return x > 0 ? x < 1 ? x : 1 : 0; }
static inline int __float2int_rd(float x) { return (int) floorf(x); }
static inline int __float2int_rn(float x) { return (int) nearbyintf(x); }
static inline int __float2int_rz(float x) { return (int) x; }
static inline float __int_as_float(int x) { float f; std::memcpy(&f, &x, sizeof f); return f; }
static inline int __float_as_int(float x) { int i; std::memcpy(&i, &x, sizeof i); return i; }
static inline float __uint_as_float(unsigned x) { return __int_as_float((int) x); }
static inline unsigned __float_as_uint(float x) { return (unsigned) __float_as_int(x); }
static inline float __uint2float_rn(unsigned x) { return (float) x; }
static inline float __int2float_rn(int x) { return (float) x; }
static inline float __ll2float_rn(long long x) { return (float) x; }
static inline float __double2float_rn(double x) { return (float) x; }
static inline double __hiloint2double(int high, int low)
{
    uint64_t bits = (uint64_t) (unsigned) high << 32 | (unsigned) low;
    double d;
    std::memcpy(&d, &bits, sizeof d);
    return d;
}
static inline unsigned __byte_perm(unsigned x, unsigned y, unsigned selector)
{
    uint64_t both = (uint64_t) y << 32 | x;
    unsigned r = 0;
    for (int i = 0; i < 4; i++) r |= ((unsigned) (both >> (8 * (selector >> (4 * i) & 7))) & 0xFFu) << (8 * i);
    return r;
}
static inline int __popc(unsigned x) { return __builtin_popcount(x); }
static inline int __clz(int x) { return x ? __builtin_clz((unsigned) x) : 32; }
static inline int __ffs(int x) { return __builtin_ffs(x); }
static inline unsigned __brev(unsigned x)
{
    unsigned r = 0;
    for (int i = 0; i < 32; i++) r |= ((x >> i) & 1u) << (31 - i);
    return r;
}
