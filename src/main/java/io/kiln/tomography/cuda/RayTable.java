package io.kiln.tomography.cuda;

import io.kiln.tomography.reconstruction.Rays;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The rays of a scan's projections by their direction, as src/main/cuda/gridding.cu takes them: a cell looks up those that may touch it.
 *
 * @param rays {@value #RAY_BYTES} bytes of each, ascending by direction from −90° to 90°
 * @param first of each of {@code sectors} + 1 equal parts of the half circle from −90° on, how many rays are before it, 4 bytes each
 */
record RayTable(ByteBuffer rays, ByteBuffer first, int count, int sectors) {
    private static final int RAY_BYTES = 32;

    /** Parts of the half circle for each ray: the narrower they are, the fewer rays are looked at in vain. */
    private static final int SECTORS_PER_RAY = 8;

    static RayTable of(Rays rays) {
        int count = rays.count();
        int sectors = SECTORS_PER_RAY * count;
        double[] directions = IntStream.range(0, count)
                .mapToDouble(ray -> StrictMath.atan2(rays.up(ray), rays.right(ray)))
                .toArray();
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(ray -> directions[ray]))
                .mapToInt(Integer::intValue)
                .toArray();
        ByteBuffer table = buffer(RAY_BYTES * count);
        int[] before = new int[sectors + 1];
        for (int ray : order) {
            put(table, rays, ray);
            before[sector(directions[ray], sectors) + 1]++;
        }
        ByteBuffer first = buffer(Integer.BYTES * (sectors + 1));
        int sum = 0;
        for (int sector = 0; sector <= sectors; sector++) {
            sum += before[sector];
            first.putInt(sum);
        }
        return new RayTable(table.flip(), first.flip(), count, sectors);
    }

    private static int sector(double direction, int sectors) {
        int sector = (int) ((direction / StrictMath.PI + 0.5) * sectors);
        return Math.max(0, Math.min(sectors - 1, sector));
    }

    private static void put(ByteBuffer table, Rays rays, int ray) {
        boolean isSteep = Math.abs(rays.up(ray)) > rays.right(ray);
        double cells = (double) (isSteep ? rays.up(ray) : rays.right(ray)) / (1L << Rays.FRACTION_BITS);
        table.putLong(rays.right(ray)).putLong(rays.up(ray)).putFloat((float) (1 / cells));
        table.putInt(ray).putInt(rays.isTurned(ray) ? 1 : 0).putInt(isSteep ? 1 : 0);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }
}
