// Gridding: collects the projections' filtered spectra, which lie on rays through the origin, on the cells of the slice's spectrum (io.kiln.tomography.
// reconstruction.FourierReconstructor says what is computed, Rays and KaiserBesselKernel with which numbers). The processor spreads each sample over the
// cells around it; here each cell gathers the samples around it, since many threads that add to one cell would do so in no certain order. Ray by ray and
// sample by sample a cell adds the same products, so its bytes depend on nothing but the scan.
//
// The grid is `cells` x `cells` numbers. A line holds all vertical frequencies of one horizontal frequency. Samples k and -k of a ray are at opposite places,
// so whatever is found out for a cell is used for the opposite cell too. Lines 0 ... cells/2 are gathered, in bands:
//
//   spectra  [projection][frequency]   float4 (two pairs), frequency k at k, -k at length - k
//   rays     [ray]                     ascending by direction from -90 to 90 degrees
//   band     [line][side][frequency]   float4, side 0: the band's lines; side 1: the opposite ones; vertical frequency y at y mod cells
#include "portable.cuh"

namespace gridding {

constexpr int FRACTION_BITS = 32;              // of a place in cells, as in Rays
constexpr int PLACE_BITS = 10;                 // of a place that the kernel tells apart
constexpr int SHIFT = FRACTION_BITS - PLACE_BITS;
constexpr long long ROUNDING = 1LL << (SHIFT - 1);
constexpr int REACH = 2;                       // cells from a sample to the farthest cell that it is spread to
constexpr int FARTHEST = REACH << PLACE_BITS;
constexpr float DIAGONAL = 2.83f;              // no sample is farther from a cell that it is spread to
constexpr int HEART = 32;                      // cells this near the origin, which very many rays touch, are gathered by a warp each
constexpr int WARP = 32;

// A ray: sample k is at k * (right, up), in cells with FRACTION_BITS binary digits behind the point; right is not negative.
struct alignas(16) Ray {
    long long right;
    long long up;
    float samples_per_cell; // along the axis that it is closer to, negative where it goes down along it
    int projection;
    int turned;             // 1 where its positive frequencies are the projection's negative ones
    int steep;              // 1 where it is closer to the vertical axis
};

struct Rays {
    const Ray* rays;
    const int* first; // of each of `sectors` + 1 equal parts of the half circle from -90 degrees on, the number of rays before it
    int count;
    int sectors;
    int samples; // of each, with frequency 0 and without the highest: half the length of a spectrum
};

// What a cell and its opposite have gathered, in two pairs.
struct Gathered {
    float4 own;
    float4 opposite;
};

__device__ static inline void add(float4& sum, float weight, float4 value)
{
    sum.x = fmaf(weight, value.x, sum.x);
    sum.y = fmaf(weight, value.y, sum.y);
    sum.z = fmaf(weight, value.z, sum.z);
    sum.w = fmaf(weight, value.w, sum.w);
}

// How far sample k is from a cell along one axis, in parts of a cell that the kernel tells apart.
__device__ static inline int distance(int k, long long step, int cell)
{
    return (int) ((k * step + ROUNDING) >> SHIFT) - cell * (1 << PLACE_BITS);
}

// A sample is spread to the cell below it, the one before that, and two above.
__device__ static inline bool is_near(int distance) { return distance >= -FARTHEST && distance < FARTHEST; }

// Adds the samples of one ray that are spread to cell (x, y) to `own`, and those opposite to `opposite`. kernel[d] is the Kaiser-Bessel function d parts of
// a cell from its middle.
__device__ static inline void gather(
    const Ray& ray, int samples, int x, int y, const float4* __restrict__ spectra, const float* kernel, Gathered& sum)
{
    // the samples about there; which of them are near is decided exactly below
    float middle = (ray.steep ? y : x) * ray.samples_per_cell;
    float reach = (REACH + 0.001f) * fabsf(ray.samples_per_cell) + 0.1f;
    int from = max(0, __float2int_rd(middle - reach));
    int to = min(samples - 1, __float2int_rd(middle + reach) + 1);
    const float4* line = spectra + (size_t) ray.projection * (2 * samples);
    int mask = 2 * samples - 1;
    for (int k = from; k <= to; k++) {
        int dx = distance(k, ray.right, x);
        int dy = distance(k, ray.up, y);
        if (is_near(dx) && is_near(dy)) {
            float weight = kernel[abs(dx)] * kernel[abs(dy)];
            // frequency 0 is found twice, as its own opposite
            weight = k == 0 ? 0.5f * weight : weight;
            int sample = ray.turned ? -k & mask : k;
            add(sum.own, weight, __ldg(line + sample));
            add(sum.opposite, weight, __ldg(line + (-sample & mask)));
        }
    }
}

// The sector that a direction (in radians) falls in, and so many more.
__device__ static inline int sector(float direction, int more, int sectors)
{
    int number = __float2int_rd((direction * 0.31830989f + 0.5f) * sectors) + more;
    return min(max(number, 0), sectors);
}

// Adds what is spread to cell (x, y), from every `step`th ray from the `start`th on that may touch it.
__device__ static inline void gather_cell(
    const Rays& rays, int x, int y, int start, int step, const float4* __restrict__ spectra, const float* kernel,
    Gathered& sum)
{
    float radius = sqrtf((float) (x * x + y * y));
    int from = 0;
    int to = rays.count;
    if (radius > DIAGONAL) {
        float direction = atan2f(y, x);
        float half = asinf(DIAGONAL / radius);
        from = __ldg(rays.first + sector(direction - half, -1, rays.sectors));
        to = __ldg(rays.first + sector(direction + half, 2, rays.sectors));
    }
    for (int ray = from + start; ray < to; ray += step) {
        gather(rays.rays[ray], rays.samples, x, y, spectra, kernel, sum);
    }
}

// Adds what is spread to cell (x, y) or to its opposite. No ray goes to the left of the origin, but samples near it are spread one cell to its left.
__device__ static inline void gather_both(
    const Rays& rays, int x, int y, int start, int step, const float4* __restrict__ spectra, const float* kernel,
    Gathered& sum)
{
    if (x >= -1) {
        gather_cell(rays, x, y, start, step, spectra, kernel, sum);
    }
    if (x <= 1) {
        Gathered turned = {sum.opposite, sum.own};
        gather_cell(rays, -x, -y, start, step, spectra, kernel, turned);
        sum = {turned.opposite, turned.own};
    }
}

// The whole of cell (x, y): frequencies repeat after `cells`, so what is spread beyond the grid's border belongs to its other end.
__device__ static inline Gathered gather_repeated(
    const Rays& rays, int x, int y, int cells, int start, int step, const float4* __restrict__ spectra,
    const float* kernel)
{
    Gathered sum = {make_float4(0, 0, 0, 0), make_float4(0, 0, 0, 0)};
    int border = cells / 2 + REACH;
    int farthest = (border + 1) * (border + 1);
    for (int repeated_x = x; repeated_x >= -border; repeated_x -= cells) {
        for (int repeated_y = y > 0 ? y : y + cells; repeated_y >= -border; repeated_y -= cells) {
            if (repeated_y <= border && repeated_x * repeated_x + repeated_y * repeated_y <= farthest) {
                gather_both(rays, repeated_x, repeated_y, start, step, spectra, kernel, sum);
            }
        }
    }
    return sum;
}

// Copies the kernel to where all threads of the block get at it fast.
__device__ static inline void stage(const float* __restrict__ from, float* to)
{
    int threads = blockDim.x * blockDim.y;
    for (int i = threadIdx.y * blockDim.x + threadIdx.x; i <= FARTHEST; i += threads) {
        to[i] = __ldg(from + i);
    }
    __syncthreads();
}

// Where a cell of a band is kept.
__device__ static inline size_t place(int line, int side, int y, int cells)
{
    return ((size_t) line * 2 + side) * cells + (y & (cells - 1));
}

__device__ static inline void put(float4* __restrict__ band, int line, int y, int cells, Gathered sum)
{
    band[place(line, 0, y, cells)] = sum.own;
    band[place(line, 1, -y, cells)] = sum.opposite;
}

__device__ static inline bool is_heart(int x, int y) { return x <= HEART && abs(y) <= HEART; }

} // namespace gridding

using namespace gridding;

// Gathers lines from_line ... from_line + lines - 1 of the grid but for the cells near the origin.
// Block (32, threads), grid (cells / 32, lines / threads).
extern "C" __global__ void gather_band(
    const float4* __restrict__ spectra, const Ray* __restrict__ rays, const int* __restrict__ first_rays,
    const float* __restrict__ kernel_table, float4* __restrict__ band, int ray_count, int sectors, int samples,
    int cells, int from_line, int lines)
{
    __shared__ float kernel[FARTHEST + 1];
    stage(kernel_table, kernel);
    int column = blockIdx.x * blockDim.x + threadIdx.x;
    int line = blockIdx.y * blockDim.y + threadIdx.y;
    int x = from_line + line;
    int y = column < cells / 2 ? column : column - cells;
    if (column >= cells || line >= lines || is_heart(x, y)) {
        return;
    }
    Rays all = {rays, first_rays, ray_count, sectors, samples};
    put(band, line, y, cells, gather_repeated(all, x, y, cells, 0, 1, spectra, kernel));
}

// Gathers the cells near the origin of the lines from_line ... from_line + lines - 1: the lanes of a warp share a cell's rays.
// Block (32, warps), grid (2 * 32 + 1, lines / warps).
extern "C" __global__ void gather_heart(
    const float4* __restrict__ spectra, const Ray* __restrict__ rays, const int* __restrict__ first_rays,
    const float* __restrict__ kernel_table, float4* __restrict__ band, int ray_count, int sectors, int samples,
    int cells, int from_line, int lines)
{
    __shared__ float kernel[FARTHEST + 1];
    stage(kernel_table, kernel);
    int line = blockIdx.y * blockDim.y + threadIdx.y;
    int x = from_line + line;
    int y = (int) blockIdx.x - HEART;
    if (line >= lines || x > HEART || x > cells / 2 || y < -cells / 2 || y >= cells / 2) {
        return;
    }
    Rays all = {rays, first_rays, ray_count, sectors, samples};
    Gathered sum = gather_repeated(all, x, y, cells, threadIdx.x, WARP, spectra, kernel);
    float* values = (float*) &sum;
#pragma unroll
    for (int i = 0; i < 8; i++) {
#pragma unroll
        for (int apart = WARP / 2; apart > 0; apart /= 2) {
            values[i] += __shfl_xor_sync(0xFFFFFFFFu, values[i], apart);
        }
    }
    if (threadIdx.x == 0) {
        put(band, line, y, cells, sum);
    }
}
