// Filters projections: sinograms of line integrals to spectra, with the axis of rotation moved to the origin, and, for backprojection, back to projections.
// io.kiln.tomography.reconstruction.ProjectionFilter makes the responses, and says what they are.
//
//   sinograms  [slice][projection][column]     float, line integrals
//   spectra    [projection][frequency][pair]   float2, frequency k at k, -k at length - k
//   filtered   [projection][column][pair]      float2, two slices' filtered projections, from column `lowest` right of the axis on
#include "quads.cuh"

using line_transform::POINTS;
using line_transform::Share;

// A projection as it is padded to the length of a transform: its edge values go on round the circle, half of the rest each.
__device__ static inline float padded(const float* __restrict__ projection, int i, int columns, int length)
{
    int middle = columns + (length - columns) / 2;
    int column = i < columns ? i : i < middle ? columns - 1 : 0;
    return __ldg(projection + column);
}

// Frequencies 0 ... length/2 - 1 of a response whose negative frequencies are its conjugates; the highest one is left out.
__device__ static inline float2 response_at(const float2* __restrict__ response, int k, int length)
{
    int half = length / 2;
    return k < half ? __ldg(response + k) : k == half ? make_float2(0, 0) : conjugate(__ldg(response + length - k));
}

// Spectra of up to four slices of a slab, filtered: slice 2p as the real and 2p + 1 as the imaginary part of pair p. With packed == 0 the imaginary part
// is 0, so the two lanes hold the spectra of slices 0 and 1. Slices from `slices` on are taken for 0.
//
// Block (lanes, length / 16), shared lanes x length floats.
extern "C" __global__ void __launch_bounds__(line_transform::MOST_THREADS) transform_projections(
    const float* __restrict__ sinograms, const float2* __restrict__ response, const float* __restrict__ weights,
    const float2* __restrict__ roots, float2* __restrict__ spectra, int projections, int columns, int length,
    int slices, int packed)
{
    DYNAMIC_SHARED(float, shared);
    Lane lane = Lane::own();
    Share share = {length, (int) threadIdx.y};
    bool there = lane.line() < projections;
    int first = packed ? 2 * lane.pair() : lane.pair();
    size_t stride = (size_t) projections * columns;
    const float* real = sinograms + first * stride + (size_t) lane.line() * columns;
    float2 v[POINTS];
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e] = make_float2(0, 0);
        if (there && share.has(e)) {
            int i = share.index(e);
            v[e].x = first < slices ? padded(real, i, columns, length) : 0;
            v[e].y = packed && first + 1 < slices ? padded(real + stride, i, columns, length) : 0;
        }
    }
    line_transform::forward(v, share, roots, shared);
    float2* line = spectra + lane.begin(length);
    float weight = there ? __ldg(weights + lane.line()) : 0;
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        if (there && share.has(e)) {
            int k = share.index(e);
            line[k * PAIRS] = v[e] * (response_at(response, k, length) * weight);
        }
    }
}

// Spectra of two pairs of images of a try, each of one slice at one centre: the slices' spectra (packed == 0 above) times the images' responses, which hold
// the filter and the centre's phase. The slice of image i has its spectra from slice_i on, in float2s; its response begins at i * length / 2. There is no
// image from `images` on.
//
// Grid (projections, length / threads), block (threads).
extern "C" __global__ void shift_centers(
    const float2* __restrict__ slice_spectra, long long slice_0, long long slice_1, long long slice_2,
    long long slice_3, const float2* __restrict__ responses, float2* __restrict__ spectra, int length, int images)
{
    int k = blockIdx.y * blockDim.x + threadIdx.x;
    if (k >= length) {
        return;
    }
    size_t at = ((size_t) blockIdx.x * length + k) * PAIRS;
    const long long slices[] = {slice_0, slice_1, slice_2, slice_3};
    float2 shifted[2 * PAIRS];
#pragma unroll
    for (int image = 0; image < 2 * PAIRS; image++) {
        shifted[image] = make_float2(0, 0);
        if (image < images) {
            const float2* response = responses + (size_t) image * (length / 2);
            shifted[image] = __ldg(slice_spectra + slices[image] + at) * response_at(response, k, length);
        }
    }
#pragma unroll
    for (int pair = 0; pair < PAIRS; pair++) {
        spectra[at + pair] = shifted[2 * pair] + times_i(shifted[2 * pair + 1]);
    }
}

// Filtered projections from their spectra, from column `lowest` right of the axis on.
//
// Block (lanes, length / 16), shared lanes x length floats.
extern "C" __global__ void __launch_bounds__(line_transform::MOST_THREADS) restore_projections(
    const float2* __restrict__ spectra, const float2* __restrict__ roots, float2* __restrict__ filtered,
    int projections, int length, int columns, int lowest)
{
    DYNAMIC_SHARED(float, shared);
    Lane lane = Lane::own();
    Share share = {length, (int) threadIdx.y};
    bool there = lane.line() < projections;
    const float2* line = spectra + lane.begin(length);
    float2 v[POINTS];
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e] = there && share.has(e) ? line[share.index(e) * PAIRS] : make_float2(0, 0);
    }
    line_transform::inverse(v, share, roots, shared);
    float2* to = filtered + lane.begin(columns);
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        if (there && share.has(e)) {
            int i = (share.index(e) - lowest) & (length - 1);
            if (i < columns) {
                to[i * PAIRS] = v[e];
            }
            // without padding the line is shorter than the columns, and begins again
            if (i + length < columns) {
                to[(i + length) * PAIRS] = v[e];
            }
        }
    }
}
