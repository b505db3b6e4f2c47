package io.kiln.tomography.cpu;

import io.kiln.device.cpu.CpuThreads;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.tomography.reconstruction.Sinogram;
import io.kiln.tomography.reconstruction.Slice;
import io.kiln.tomography.reconstruction.Team;
import io.kiln.tomography.reconstruction.Workspace;
import java.util.Arrays;

/**
 * Computes the images of a slab on a device's threads, two at a time. Units are paired by their number in the run, 0 with 1, 2 with 3, so the bytes of an
 * image depend neither on slabs nor on threads.
 */
final class PairReconstruction implements AutoCloseable {
    private final CpuThreads threads;
    private final Workspace[] workspaces;
    private final int pixels;
    private final int unitsOfRun;

    PairReconstruction(Reconstructor reconstructor, SlabLayout layout, CpuThreads threads, int pixels, int unitsOfRun) {
        this.threads = threads;
        this.pixels = pixels;
        this.unitsOfRun = unitsOfRun;
        workspaces = new Workspace[layout.workers()];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = reconstructor.newWorkspace(
                    layout.teamThreads() == 1 ? Team.alone() : Team.of(layout.teamThreads(), threads.executor()));
        }
    }

    /** Where the sinograms come from. */
    interface Source {
        /**
         * The sinogram of a unit; null where none of its pixels is usable, which makes an image of NaN.
         *
         * @param worker which thread asks, for its own arrays
         * @param second true for the second of the worker's pair
         */
        Sinogram sinogram(int worker, int unit, boolean second);
    }

    /** Computes every unit of the slab into {@code images}, one after the other. */
    void compute(UnitRange units, Source source, float[] images) throws InterruptedException {
        if (units.from() % 2 != 0 || units.count() % 2 != 0 && units.to() != unitsOfRun) {
            throw new IllegalArgumentException("slab " + units + " of " + unitsOfRun + " units parts a pair");
        }
        threads.each((units.count() + 1) / 2, workspaces.length, (worker, pair) -> {
            int unit = units.from() + 2 * pair;
            boolean isPair = unit + 1 < units.to();
            Sinogram first = source.sinogram(worker, unit, false);
            Sinogram second = isPair ? source.sinogram(worker, unit + 1, true) : null;
            pair(workspaces[worker], first, second, images, 2 * pair * pixels, isPair);
        });
    }

    private void pair(
            Workspace workspace, Sinogram first, Sinogram second, float[] images, int offset, boolean isPair) {
        Slice firstSlice = new Slice(images, offset);
        Slice secondSlice = new Slice(images, offset + pixels);
        if (first != null) {
            workspace.reconstruct(first, second, firstSlice, second == null ? null : secondSlice);
        } else {
            Arrays.fill(images, offset, offset + pixels, Float.NaN);
            if (second != null) {
                workspace.reconstruct(second, null, secondSlice, null);
            }
        }
        if (isPair && second == null) {
            Arrays.fill(images, offset + pixels, offset + 2 * pixels, Float.NaN);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
