// From what the detector counted to sinograms of line integrals: zingers out, dark subtracted, pixels added to bins, divided by the flat field, logarithm, dead
// pixels filled. io.kiln.tomography.preprocessing.SinogramPreparation does the same on the processor; operations and their order are the same, so are the
// results.
//
//   counts      as the scan stores them, of the detector rows of a slab: element (projection, row, column) at projection * projection_stride
//               + row * row_stride + column; one kernel for each type of element
//   dark        [row][column]             float, counts, of the same rows
//   brightness  [row][column]             float, counts, flat less dark at the scan's beginning; 0 where the pixel is unusable
//   bins        [slice][bin]              float2, brightness of each bin at the scan's beginning and at its end, 0 where no pixel of it is usable
//   sinograms   [slice][projection][bin]  float
//
// Each output value is made by one thread from the counts themselves: what several of them read comes from the cache.
#include "portable.cuh"

__device__ static inline unsigned swapped(unsigned word) { return __byte_perm(word, 0, 0x0123); }

// One element of the counts as a float; swap == 1 where its bytes are stored highest first.
__device__ static inline float count_at(const unsigned char* counts, long long i, int)
{
    return __ldg(counts + i);
}

__device__ static inline float count_at(const signed char* counts, long long i, int)
{
    return __ldg(counts + i);
}

__device__ static inline float count_at(const unsigned short* counts, long long i, int swap)
{
    unsigned word = __ldg(counts + i);
    return swap ? (unsigned short) (swapped(word) >> 16) : word;
}

__device__ static inline float count_at(const short* counts, long long i, int swap)
{
    unsigned word = (unsigned short) __ldg(counts + i);
    return (short) (swap ? swapped(word) >> 16 : word);
}

__device__ static inline float count_at(const unsigned* counts, long long i, int swap)
{
    unsigned word = __ldg(counts + i);
    return __uint2float_rn(swap ? swapped(word) : word);
}

__device__ static inline float count_at(const int* counts, long long i, int swap)
{
    unsigned word = __ldg(counts + i);
    return __int2float_rn((int) (swap ? swapped(word) : word));
}

__device__ static inline float count_at(const float* counts, long long i, int swap)
{
    unsigned word = __ldg((const unsigned*) counts + i);
    return __uint_as_float(swap ? swapped(word) : word);
}

__device__ static inline float count_at(const double* counts, long long i, int swap)
{
    uint2 words = __ldg((const uint2*) counts + i);
    unsigned low = swap ? swapped(words.y) : words.x;
    unsigned high = swap ? swapped(words.x) : words.y;
    return __double2float_rn(__hiloint2double((int) high, (int) low));
}

// Place of a neighbour beyond the border, mirrored there with the border value repeated.
__device__ static inline int mirrored(int index, int count)
{
    int period = 2 * count;
    int folded = index % period;
    folded = folded < 0 ? folded + period : folded;
    return folded < count ? folded : period - 1 - folded;
}

// The counts of one detector row of a slab, [projection][column].
template <class T> struct Row {
    const T* counts;
    long long stride;
    int swap;
    int projections;
    int columns;

    __device__ float at(int projection, int column) const
    {
        return count_at(counts, projection * stride + column, swap);
    }

    __device__ float mirrored_at(int projection, int column) const
    {
        return at(mirrored(projection, projections), mirrored(column, columns));
    }

    // How many neighbours in a square are less, or with equal == 1 no more, than a value. NaN is neither.
    __device__ int lower(int projection, int column, int width, float value, int equal) const
    {
        int found = 0;
        for (int dy = -(width / 2); dy < width - width / 2; dy++) {
            for (int dx = -(width / 2); dx < width - width / 2; dx++) {
                float neighbour = mirrored_at(projection + dy, column + dx);
                found += equal ? neighbour <= value : neighbour < value;
            }
        }
        return found;
    }

    // The upper middle one of the neighbours' values: that one of them which fewer are lower than, and more not higher. More than half must be numbers.
    __device__ float median(int projection, int column, int width) const
    {
        int middle = width * width / 2;
        for (int dy = -(width / 2); dy < width - width / 2; dy++) {
            for (int dx = -(width / 2); dx < width - width / 2; dx++) {
                float candidate = mirrored_at(projection + dy, column + dx);
                if (lower(projection, column, width, candidate, 0) <= middle
                    && lower(projection, column, width, candidate, 1) > middle) {
                    return candidate;
                }
            }
        }
        return at(projection, column);
    }

    // A count, or the median of the square around it where it exceeds this by more than the threshold (io.kiln.tomography.preprocessing.ZingerRemoval).
    __device__ float clean(int projection, int column, int width, float threshold) const
    {
        float value = at(projection, column);
        if (width > 0 && lower(projection, column, width, value - threshold, 0) > width * width / 2) {
            value = median(projection, column, width);
        }
        return value;
    }
};

// io.kiln.tomography.preprocessing.NaturalLogarithm, for normal positive numbers.
__device__ static inline float natural_logarithm(float x)
{
    int bits = __float_as_int(x);
    int shift = (bits - __float_as_int(0.70710677f)) & (int) 0xFF800000;
    float mantissa = __int_as_float(bits - shift);
    float exponent = __int2float_rn(shift >> 23);
    float s = (mantissa - 1) / (mantissa + 1);
    float z = s * s;
    float series = z * (0.6666667f + z * (0.4f + z * (0.2857143f + z * 0.22222222f)));
    return exponent * 0.69313812f + (s * 2 + (s * series + exponent * 9.058001e-6f));
}

__device__ static inline float line_integral(float transmission, int minus_log)
{
    const float least = 1.17549435e-38f;
    const float greatest = 3.40282347e+38f;
    if (minus_log) {
        bool normal = transmission >= least && transmission <= greatest;
        return normal ? -natural_logarithm(transmission) : transmission == transmission ? 0 : 6;
    }
    return fabsf(transmission) <= greatest ? transmission : 0;
}

// How counts of one slice become line integrals.
template <class T> struct Slice {
    Row<T> first_row;
    long long row_stride;
    const float* dark;
    const float* brightness;
    const float2* bins;
    int binning;
    int zinger_width;
    float zinger_threshold;
    int minus_log;

    // The line integral of a bin whose brightness is not 0. `along` is how far the brightness has changed from that at the beginning to that at the end.
    __device__ float at(int projection, int bin, float along) const
    {
        float sum = 0;
        Row<T> row = first_row;
        for (int y = 0; y < 1 << binning; y++) {
            for (int x = bin << binning; x < (bin + 1) << binning; x++) {
                int pixel = y * row.columns + x;
                float light = 0;
                if (__ldg(brightness + pixel) > 0) {
                    light = row.clean(projection, x, zinger_width, zinger_threshold) - __ldg(dark + pixel);
                }
                sum = binning == 0 ? light : sum + light;
            }
            row.counts += row_stride;
        }
        float2 beam = __ldg(bins + bin);
        return line_integral(sum / (beam.x + along * (beam.y - beam.x)), minus_log);
    }
};

// The next usable bin to the left (step -1) or right (step 1); outside where there is none.
__device__ static inline int usable(const float2* __restrict__ bins, int from, int step, int count)
{
    int bin = from;
    while (bin >= 0 && bin < count && __ldg(bins + bin).x == 0) {
        bin += step;
    }
    return bin;
}

// Grid (projections, bins / threads, slices), block (threads). along[projection] is 0 for a flat field that does not change. Slices of a slab follow each
// other without a gap, in as many rows as a bin has.
template <class T>
__device__ static inline void prepare(
    const T* counts, long long projection_stride, long long row_stride, int swap, const float* dark,
    const float* brightness, const float2* bins, const float* along, float* sinograms, int projections, int columns,
    int bin_columns, int binning, int zinger_width, float zinger_threshold, int minus_log)
{
    int projection = blockIdx.x;
    int bin = blockIdx.y * blockDim.x + threadIdx.x;
    int slice = blockIdx.z;
    if (bin >= bin_columns) {
        return;
    }
    long long rows = (long long) slice << binning;
    const float2* own = bins + (size_t) slice * bin_columns;
    Slice<T> made = {
        {counts + rows * row_stride, projection_stride, swap, projections, columns}, row_stride,
        dark + rows * columns, brightness + rows * columns, own, binning, zinger_width, zinger_threshold, minus_log};
    float share = __ldg(along + projection);
    int left = usable(own, bin, -1, bin_columns);
    float value = 0;
    if (left == bin) {
        value = made.at(projection, bin, share);
    } else {
        int right = usable(own, bin, 1, bin_columns);
        if (left >= 0) {
            value = made.at(projection, left, share);
        }
        if (right < bin_columns) {
            float after = made.at(projection, right, share);
            float weight = (float) (bin - left) / (right - left);
            value = left < 0 ? after : value + weight * (after - value);
        }
    }
    sinograms[((size_t) slice * projections + projection) * bin_columns + bin] = value;
}

#define PARAMETERS(T)                                                                                                  \
    const T *__restrict__ counts, long long projection_stride, long long row_stride, int swap,                         \
        const float *__restrict__ dark, const float *__restrict__ brightness, const float2 *__restrict__ bins,         \
        const float *__restrict__ along, float *__restrict__ sinograms, int projections, int columns, int bin_columns, \
        int binning, int zinger_width, float zinger_threshold, int minus_log
#define ARGUMENTS                                                                                                      \
    counts, projection_stride, row_stride, swap, dark, brightness, bins, along, sinograms, projections, columns,       \
        bin_columns, binning, zinger_width, zinger_threshold, minus_log

extern "C" __global__ void prepare_uint8(PARAMETERS(unsigned char)) { prepare(ARGUMENTS); }
extern "C" __global__ void prepare_int8(PARAMETERS(signed char)) { prepare(ARGUMENTS); }
extern "C" __global__ void prepare_uint16(PARAMETERS(unsigned short)) { prepare(ARGUMENTS); }
extern "C" __global__ void prepare_int16(PARAMETERS(short)) { prepare(ARGUMENTS); }
extern "C" __global__ void prepare_uint32(PARAMETERS(unsigned)) { prepare(ARGUMENTS); }
extern "C" __global__ void prepare_int32(PARAMETERS(int)) { prepare(ARGUMENTS); }
extern "C" __global__ void prepare_float32(PARAMETERS(float)) { prepare(ARGUMENTS); }
extern "C" __global__ void prepare_float64(PARAMETERS(double)) { prepare(ARGUMENTS); }

// The brightness of bins from that of pixels. Grid (slices, bins / threads), block (threads).
extern "C" __global__ void bin_brightness(
    const float* __restrict__ first, const float* __restrict__ last, float2* __restrict__ bins, int columns,
    int bin_columns, int binning)
{
    int bin = blockIdx.y * blockDim.x + threadIdx.x;
    int slice = blockIdx.x;
    if (bin >= bin_columns) {
        return;
    }
    float2 sum = make_float2(0, 0);
    for (int y = slice << binning; y < (slice + 1) << binning; y++) {
        for (int x = bin << binning; x < (bin + 1) << binning; x++) {
            sum.x += first[(size_t) y * columns + x];
            sum.y += last[(size_t) y * columns + x];
        }
    }
    bins[(size_t) slice * bin_columns + bin] = sum;
}
