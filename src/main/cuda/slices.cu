// From a slice's spectrum to the slice: the inverse two-dimensional Fourier transform, first along the lines that gridding.cu gathers, then along the slice's
// rows, of which only what is inside the slice is kept, divided by what the gridding kernel has multiplied each pixel with
// (io.kiln.tomography.reconstruction.FourierReconstructor).
//
//   band        [line][side][frequency][pair]  float2: side 0 the lines from_line ..., side 1 the opposite ones
//   rows        [row][frequency][pair]         float2: rows of the slices from the lowest up, horizontal frequency x at x mod cells
//   correction  [distance + width/2]           float: of rows and columns this far from the axis
//   images      [slice][row][column]           float, rows from the top
#include "quads.cuh"

using line_transform::POINTS;
using line_transform::Share;

// How far from the axis the value at this place of a transformed line is.
__device__ static inline int distance_at(int place, int cells) { return place < cells / 2 ? place : place - cells; }

// Transforms the lines of a band, which stand upright in the slice, and puts them where transform_rows takes them. `lowest` is the distance of the slice's
// lowest row from the axis, upwards.
//
// Block (lanes, cells / 16), a lane for each line of each side and pair; shared lanes x cells floats.
extern "C" __global__ void __launch_bounds__(line_transform::MOST_THREADS) transform_columns(
    const float2* __restrict__ band, const float2* __restrict__ roots, const float* __restrict__ correction,
    float2* __restrict__ rows, int cells, int width, int lowest, int from_line, int lines)
{
    DYNAMIC_SHARED(float, shared);
    Lane lane = Lane::own();
    Share share = {cells, (int) threadIdx.y};
    int x = from_line + lane.line() / 2;
    int side = lane.line() & 1;
    // lines 0 and cells/2 are their own opposites
    bool there = lane.line() < 2 * lines && (side == 0 || (x > 0 && x < cells / 2));
    const float2* line = band + lane.begin(cells);
    float2 v[POINTS];
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e] = there && share.has(e) ? line[share.index(e) * PAIRS] : make_float2(0, 0);
    }
    line_transform::inverse(v, share, roots, shared);
    int column = (side == 0 ? x : cells - x) * PAIRS + lane.pair();
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        int above = distance_at(share.index(e), cells);
        int row = above - lowest;
        if (there && share.has(e) && row >= 0 && row < width) {
            rows[(size_t) row * cells * PAIRS + column] = v[e] * __ldg(correction + above + width / 2);
        }
    }
}

// Transforms the rows of two pairs of slices: real parts are the pixels of the first slice of a pair, imaginary parts those of the second. Pixels outside the
// inscribed circle are 0. Slices from `slices` on are not written.
//
// Block (lanes, cells / 16), a lane for each row of each pair; shared lanes x cells floats.
extern "C" __global__ void __launch_bounds__(line_transform::MOST_THREADS) transform_rows(
    const float2* __restrict__ rows, const float2* __restrict__ roots, const float* __restrict__ correction,
    float* __restrict__ images, int cells, int width, int lowest, int slices)
{
    DYNAMIC_SHARED(float, shared);
    Lane lane = Lane::own();
    Share share = {cells, (int) threadIdx.y};
    bool there = lane.line() < width;
    const float2* line = rows + lane.begin(cells);
    float2 v[POINTS];
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        v[e] = there && share.has(e) ? line[share.index(e) * PAIRS] : make_float2(0, 0);
    }
    line_transform::inverse(v, share, roots, shared);
    int above = lowest + lane.line();
    int first = 2 * lane.pair();
    float* row = images + ((size_t) first * width + (width - 1 - lane.line())) * width;
#pragma unroll
    for (int e = 0; e < POINTS; e++) {
        int right = distance_at(share.index(e), cells);
        int column = right + width / 2;
        if (there && share.has(e) && column >= 0 && column < width) {
            bool inside = 4 * (right * right + above * above) < width * width;
            float factor = __ldg(correction + column);
            if (first < slices) {
                row[column] = inside ? v[e].x * factor : 0;
            }
            if (first + 1 < slices) {
                row[column + (size_t) width * width] = inside ? v[e].y * factor : 0;
            }
        }
    }
}
