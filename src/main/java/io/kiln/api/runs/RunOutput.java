package io.kiln.api.runs;

import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.OutputName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The published files of one run. Nothing outside of them is reachable through it: links that lead elsewhere are not followed. */
final class RunOutput {
    private final Path target;
    private final OutputName.Form form;

    /** @param target the published folder or file, absolute */
    RunOutput(Path target, OutputName.Form form) {
        this.target = target;
        this.form = form;
    }

    /** Every file, by path. */
    List<OutputFile> files() throws IOException {
        if (!Files.exists(target)) {
            return List.of();
        }
        try (Stream<Path> tree = form == OutputName.Form.FOLDER ? Files.walk(target) : beside()) {
            return tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(this::describe)
                    .sorted(Comparator.comparing(OutputFile::path))
                    .toList();
        }
    }

    /**
     * One file.
     *
     * @throws UnknownIdException when it is none of the run's files
     */
    Path file(String path) throws IOException {
        Path file = folder().resolve(path).normalize();
        boolean known = form == OutputName.Form.FOLDER ? file.startsWith(target) : beside().anyMatch(file::equals);
        if (!known
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !file.toRealPath().startsWith(folder().toRealPath())) {
            throw new UnknownIdException(
                    "output file", "'" + path + "' of this run; GET …/outputs lists what there is");
        }
        return file;
    }

    /** The preview picture that was published with the output. */
    Path preview() throws IOException {
        return file(form == OutputName.Form.FOLDER ? "preview.png" : stem() + ".png");
    }

    private Path folder() {
        return form == OutputName.Form.FOLDER ? target : target.getParent();
    }

    /** A file output, its metadata and its preview. */
    private Stream<Path> beside() {
        return Stream.of(target, target.resolveSibling(stem() + ".json"), target.resolveSibling(stem() + ".png"));
    }

    private String stem() {
        String name = target.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private OutputFile describe(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new OutputFile(
                    folder().relativize(file).toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
