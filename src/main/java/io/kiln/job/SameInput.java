package io.kiln.job;

import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.FileKind;
import io.kiln.pipeline.InputRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files that a run reads are those that it was queued for. */
final class SameInput {
    private SameInput() {}

    /**
     * @throws InputRejectedException when one of them is not there, or has changed; with both identities
     * @throws IOException when one of them cannot be looked at
     */
    static void require(Assignment assignment) throws IOException {
        requireSame("input", assignment.input(), assignment.inputIdentity().input());
        for (Map.Entry<String, FileIdentity> queued :
                assignment.inputIdentity().parameterFiles().entrySet()) {
            String parameter = queued.getKey();
            requireSame(parameter, Path.of(assignment.parameters().getString(parameter)), queued.getValue());
        }
    }

    private static void requireSame(String what, Path file, FileIdentity queued) throws IOException {
        FileKind.inPlaceOfFile(file).ifPresent(other -> {
            throw new InputRejectedException("the " + what + " " + file + " is " + other
                    + ", not a file: put the file back and restart the run, or name another and queue a new run");
        });
        if (!Files.exists(file)) {
            throw new InputRejectedException("the " + what + " " + file
                    + " is not there: put it back and restart the run, or mount its file system");
        }
        FileIdentity found = FileIdentity.of(file);
        if (!found.equals(queued)) {
            throw new InputRejectedException("the " + what + " " + file + " changed since the run was queued: it had "
                    + queued.bytes() + " bytes of " + queued.modified() + " and has " + found.bytes() + " bytes of "
                    + found.modified() + "; queue a new run");
        }
    }
}
