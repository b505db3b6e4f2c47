package io.kiln.tomography.reconstruction;

/** Reconstructs slices of one geometry. Immutable and thread-safe; made once for a run, since it computes tables. */
public interface Reconstructor {
    static Reconstructor of(ReconstructionAlgorithm algorithm, ScanGeometry geometry, Filtering filtering) {
        return switch (algorithm) {
            case FOURIERREC -> new FourierReconstructor(geometry, filtering);
            case LINEREC -> new LineReconstructor(geometry, filtering);
        };
    }

    /**
     * Values of the longest array that a workspace has; more than {@link Integer#MAX_VALUE} cannot be.
     *
     * @param width columns of a projection
     */
    static long longestArray(ReconstructionAlgorithm algorithm, int projections, int width, Filtering filtering) {
        return switch (algorithm) {
            case FOURIERREC ->
                Math.max(
                        FourierWorkspace.samples(projections, ProjectionFilter.length(width, filtering)),
                        SpectrumRows.size(Grid.of(width)));
            case LINEREC -> LineWorkspace.filtered(projections, width);
        };
    }

    /**
     * Bytes that a workspace takes.
     *
     * @param threads as the workspace's team has
     */
    long workspaceBytes(int threads);

    /** A workspace whose pairs are computed by this team. The bytes of a slice do not depend on the team. */
    Workspace newWorkspace(Team team);
}
