package io.kiln.tomography.reconstruction;

/** Filtered backprojection with linear interpolation along the detector (Kak and Slaney, 3.3). */
final class LineReconstructor implements Reconstructor {
    final ScanGeometry geometry;
    final ProjectionFilter filter;
    final InscribedCircle circle;
    final float[] weights;

    LineReconstructor(ScanGeometry geometry, Filtering filtering) {
        this.geometry = geometry;
        filter = new ProjectionFilter(geometry.width(), filtering);
        circle = new InscribedCircle(geometry.width());
        weights = AngleWeights.rounded(geometry.angles());
    }

    @Override
    public long workspaceBytes(int threads) {
        return LineWorkspace.bytes(this, threads);
    }

    @Override
    public Workspace newWorkspace(Team team) {
        return new LineWorkspace(this, team);
    }
}
