package io.kiln.job;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.OutputName;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings a run's whole output from its work folder to its place: old aside, new in, old given up. Every step can be repeated, and which steps are done is
 * told by what exists; so after a crash at any point {@link #publish} finishes the work, and until then the old or the new output exists whole, in its
 * place or in one of the {@link RunFolders}. The parts of a file output go in with the metadata last and out with it first: metadata that is in place
 * belongs to the file beside it.
 */
final class Publication {
    /** Writes metadata and preview; may be called again after a crash. */
    @FunctionalInterface
    interface Completing {
        void complete(Path workFolder) throws IOException;
    }

    private final Attempt attempt;
    private final RunId run;
    private final Placement placement;
    private final RunFolders folders;
    private final DurableFiles files;

    Publication(Assignment assignment, DurableFiles files) {
        attempt = assignment.attempt();
        run = attempt.run();
        placement = assignment.placement();
        folders = new RunFolders(assignment);
        this.files = files;
    }

    /** True where the output, whole or not, is in one of the run's folders or in its place. */
    boolean holdsOutput() throws IOException {
        return hasWholeOutput() || Files.exists(folders.work());
    }

    /** True where {@link #publish} has begun: nothing is to be computed any more. */
    boolean hasWholeOutput() throws IOException {
        return Stream.of(folders.whole(), folders.arrived(), folders.old()).anyMatch(Files::exists) || isPublished();
    }

    /**
     * Does, or goes on with, all of it.
     *
     * @param fence asked before each time that the place is touched; throws where the run is no longer this attempt's
     * @param between called now and then before that; may throw to end it early
     * @throws InputRejectedException where the place holds an output that Kiln did not make
     */
    void publish(Completing completing, Runnable fence, Runnable between) throws IOException {
        if (Files.exists(folders.work())) {
            completing.complete(folders.work());
            requireWhole(folders.work());
            files.forceFolder(folders.work());
            files.move(folders.work(), folders.whole());
        }
        if (Files.exists(folders.whole()) || Files.exists(folders.arrived())) {
            bringBesidePlace(between);
            if (!Files.exists(folders.old())) {
                putOldAside(fence);
            }
            requireOurs(fence);
            moveIn();
        }
        if (!isPublished()) {
            throw new IllegalStateException("the output of run " + run + " is neither at " + placement.target()
                    + " nor in " + folders.workFolder() + ": somebody removed it; queue a new run");
        }
        giveUpOld();
    }

    /** Under its new name nobody takes it for an output that is still needed. It is deleted with the run's folders, which fails no run. */
    private void giveUpOld() throws IOException {
        if (!DurableFiles.exists(folders.old())) {
            return;
        }
        try {
            files.move(folders.old(), folders.replaced());
        } catch (FileSystemException e) {
            // another attempt of the run may have been faster
            if (DurableFiles.exists(folders.old())) {
                throw e;
            }
        }
    }

    /** Removes the run's folders, which hold nothing of worth once it is published. */
    void removeFolders() throws IOException {
        files.delete(folders.workFolder());
        files.delete(folders.besideOutput());
    }

    /** What the pipeline has not called by the output's name would be lost. */
    private void requireWhole(Path folder) throws IOException {
        OutputName output = placement.output();
        Path metadata = folder.resolve(Path.of(output.metadataPath()).getFileName());
        boolean hasFile = output.form() == OutputName.Form.FOLDER
                || Files.exists(folder.resolve(placement.target().getFileName()));
        if (!hasFile || OutputMetadata.run(metadata).filter(run::equals).isEmpty()) {
            throw new IllegalStateException("the pipeline has not completed " + output.path() + " in " + folder
                    + ": its file, or metadata that name run " + run + ", are missing");
        }
    }

    private boolean isPublished() throws IOException {
        return OutputMetadata.run(placement.outputFolder(), placement.output())
                .filter(run::equals)
                .isPresent();
    }

    private void bringBesidePlace(Runnable between) throws IOException {
        files.createFolders(folders.besideOutput());
        if (!Files.exists(folders.arrived())) {
            try {
                files.move(folders.whole(), folders.arrived());
            } catch (AtomicMoveNotSupportedException otherFileSystem) {
                copyBesidePlace(between);
            }
        }
        if (!folders.whole().equals(folders.arrived())) {
            files.delete(folders.whole());
        }
    }

    private void copyBesidePlace(Runnable between) throws IOException {
        files.delete(folders.incoming());
        DiskSpace.require(folders.besideOutput(), DiskSpace.bytesIn(folders.whole()));
        files.copyFolder(folders.whole(), folders.incoming(), between);
        files.move(folders.incoming(), folders.arrived());
    }

    /**
     * A node that hung for a while may have been taken for dead, and the output in the place be the new one, which another has brought there: then nothing
     * has arrived any more.
     */
    private void requireOurs(Runnable fence) {
        fence.run();
        if (!Files.exists(folders.arrived())) {
            throw new LostRunException(attempt);
        }
    }

    private void putOldAside(Runnable fence) throws IOException {
        if (!Files.exists(folders.aside())) {
            refuseForeign();
        }
        files.createFolders(folders.aside());
        for (Part part : parts()) {
            if (DurableFiles.exists(part.place())) {
                requireOurs(fence);
                files.move(part.place(), folders.aside().resolve(part.place().getFileName()));
            }
        }
        files.move(folders.aside(), folders.old());
    }

    private void moveIn() throws IOException {
        List<Part> parts = parts();
        for (int part = parts.size() - 1; part >= 0; part--) {
            if (Files.exists(parts.get(part).arrived())) {
                files.move(parts.get(part).arrived(), parts.get(part).place());
            }
        }
        files.delete(folders.arrived());
    }

    /** @throws InputRejectedException where the place holds an output that Kiln did not make, and which is to be kept */
    void refuseForeign() throws IOException {
        // metadata alone is what is left of an output of ours whose file somebody has deleted
        boolean ours = OutputMetadata.run(
                        placement.outputFolder().resolve(placement.output().metadataPath()))
                .isPresent();
        Optional<Path> occupied =
                parts().stream().map(Part::place).filter(DurableFiles::exists).findFirst();
        if (occupied.isPresent() && !ours && !placement.replaceForeign()) {
            throw new InputRejectedException(
                    occupied.get()
                            + " exists and was not made by Kiln: it is kept. Move it away, choose another output folder, or queue the run with force to replace it");
        }
    }

    /** What is moved as one, metadata first. */
    private List<Part> parts() {
        OutputName output = placement.output();
        if (output.form() == OutputName.Form.FOLDER) {
            return List.of(new Part(folders.arrived(), placement.target()));
        }
        return Stream.of(output.metadataPath(), output.path(), output.previewPath())
                .map(placement.outputFolder()::resolve)
                .map(place -> new Part(folders.arrived().resolve(place.getFileName()), place))
                .toList();
    }

    /** A file or folder beside its place, and the place. */
    private record Part(Path arrived, Path place) {}
}
