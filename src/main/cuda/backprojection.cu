// Filtered backprojection with linear interpolation along the detector (io.kiln.tomography.reconstruction.LineReconstructor).
//
//   filtered  [projection][column]  float4 (two pairs of slices), from column `lowest` right of the axis on
//   angles    [projection]          longlong2, cosine and sine with 32 binary digits behind the point
//   images    [slice][row][column]  float, rows from the top
//
// A block makes a tile of pixels of four slices. Where a projection meets the tile's first pixel is worked out once a block and projection, exactly, and kept in
// shared memory; from there to a pixel of the tile it is a few columns, for which single precision is enough.
#include "portable.cuh"

namespace backprojection {

constexpr int TILE = 32;
constexpr int ROWS_AT_ONCE = 8;            // threads of a block, vertically
constexpr int PIXELS = TILE / ROWS_AT_ONCE; // of each thread, one above the other
constexpr int STAGED = 128;                // projections whose geometry is kept in shared memory at once
constexpr int FRACTION_BITS = 32;
constexpr float FRACTION = 1.0f / 4294967296.0f;

// How a projection sees a tile.
struct View {
    float cosine;
    float sine;
    float place; // of the tile's first pixel on the detector, less `column`
    int column;
};

__device__ static inline View view(longlong2 angle, int right, int above, int lowest)
{
    long long place = right * angle.x + above * angle.y - ((long long) lowest << FRACTION_BITS);
    int column = (int) (place >> FRACTION_BITS);
    float rest = __uint2float_rn((unsigned) place) * FRACTION;
    return {__ll2float_rn(angle.x) * FRACTION, __ll2float_rn(angle.y) * FRACTION, rest, column};
}

__device__ static inline float between(float weight, float a, float b) { return fmaf(weight, b - a, a); }

// Adds the projection's values at a place, between the columns to its left and right.
__device__ static inline void add(float4& sum, const float4* __restrict__ projection, float place)
{
    float left = floorf(place);
    float weight = place - left;
    int column = __float2int_rd(left);
    float4 a = __ldg(projection + column);
    float4 b = __ldg(projection + column + 1);
    sum.x += between(weight, a.x, b.x);
    sum.y += between(weight, a.y, b.y);
    sum.z += between(weight, a.z, b.z);
    sum.w += between(weight, a.w, b.w);
}

} // namespace backprojection

using namespace backprojection;

// Four slices of a slab; those from `slices` on are not written. Pixels outside the inscribed circle are 0.
// Block (32, 8), grid (width / 32, width / 32).
extern "C" __global__ void __launch_bounds__(TILE * ROWS_AT_ONCE) backproject(
    const float4* __restrict__ filtered, const longlong2* __restrict__ angles, float* __restrict__ images,
    int projections, int columns, int lowest, int width, int slices)
{
    __shared__ View views[STAGED];
    int thread = threadIdx.y * TILE + threadIdx.x;
    int tile_right = (int) (blockIdx.x * TILE) - width / 2;
    int tile_above = width / 2 - (int) (blockIdx.y * TILE);
    int right = tile_right + threadIdx.x;
    float4 sums[PIXELS];
    bool inside[PIXELS];
#pragma unroll
    for (int i = 0; i < PIXELS; i++) {
        int above = tile_above - (int) threadIdx.y - i * ROWS_AT_ONCE;
        inside[i] = 4 * (right * right + above * above) < width * width;
        sums[i] = make_float4(0, 0, 0, 0);
    }
    for (int from = 0; from < projections; from += STAGED) {
        int staged = min(STAGED, projections - from);
        __syncthreads();
        for (int i = thread; i < staged; i += TILE * ROWS_AT_ONCE) {
            views[i] = view(angles[from + i], tile_right, tile_above, lowest);
        }
        __syncthreads();
        for (int i = 0; i < staged; i++) {
            View seen = views[i];
            const float4* projection = filtered + (size_t) (from + i) * columns + seen.column;
            float place = fmaf((float) threadIdx.x, seen.cosine, seen.place);
#pragma unroll
            for (int p = 0; p < PIXELS; p++) {
                if (inside[p]) {
                    float below = (float) ((int) threadIdx.y + p * ROWS_AT_ONCE);
                    add(sums[p], projection, fmaf(-below, seen.sine, place));
                }
            }
        }
    }
    int column = blockIdx.x * TILE + threadIdx.x;
#pragma unroll
    for (int p = 0; p < PIXELS; p++) {
        int row = blockIdx.y * TILE + threadIdx.y + p * ROWS_AT_ONCE;
        if (column < width && row < width) {
            float4 sum = sums[p];
            float values[] = {sum.x, sum.y, sum.z, sum.w};
#pragma unroll
            for (int slice = 0; slice < 4; slice++) {
                if (slice < slices) {
                    images[((size_t) slice * width + row) * width + column] = values[slice];
                }
            }
        }
    }
}
