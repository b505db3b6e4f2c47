package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.OutputName.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublicationTest extends PublicationScene {
    @ParameterizedTest
    @EnumSource(Form.class)
    void bringsTheOutputToItsPlaceAndRemovesItsFolders(Form form) throws IOException {
        Assignment assignment = computed(run, form, false, false);

        publish(assignment, new DurableFiles());

        assertThat(versionAt(placeOf(assignment), form)).isEqualTo(run.toString());
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FOLDER,false,true",
        "FILE,false,true",
        "FOLDER,true,true",
        "FILE,true,true",
        "FOLDER,false,false",
        "FILE,true,false"
    })
    void aCrashAtAnyPointLeavesTheOldOrTheNewWholeAndARepeatFinishes(Form form, boolean onScratch, boolean hasOld)
            throws IOException {
        int crashes = 0;
        for (boolean crashed = true; crashed; crashes++) {
            Files.createDirectories(output());
            Assignment assignment = onceAgain(form, onScratch, hasOld);
            crashed = crashes(assignment, crashes);
            assertOldOrNewIsWhole(assignment, form, hasOld, crashes);
            publish(assignment, new DurableFiles());
            assertThat(versionAt(placeOf(assignment), form))
                    .as("after crash %s", crashes)
                    .isEqualTo(run.toString());
            assertThat(leftovers()).as("after crash %s", crashes).isEmpty();
            new DurableFiles().delete(output());
        }
        assertThat(crashes).as("points of a crash").isGreaterThan(hasOld ? 9 : 7);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void twoCrashesInARowAreOvercomeToo(Form form) throws IOException {
        for (int first = 0; first < 12; first++) {
            for (int second = 0; second < 6; second++) {
                Files.createDirectories(output());
                Assignment assignment = onceAgain(form, false, true);
                crashes(assignment, first);
                crashes(assignment, second);
                assertOldOrNewIsWhole(assignment, form, true, first * 100 + second);
                publish(assignment, new DurableFiles());
                assertThat(versionAt(placeOf(assignment), form)).isEqualTo(run.toString());
                new DurableFiles().delete(output());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void anOutputThatKilnDidNotMakeIsKept(Form form) throws IOException {
        Assignment assignment = computed(run, form, false, false);
        makeForeign(placeOf(assignment), form);

        assertThatThrownBy(() -> publish(assignment, new DurableFiles()))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining(placeOf(assignment).toString())
                .hasMessageContaining("force");

        assertThat(foreign(placeOf(assignment), form)).hasContent("by hand");
        assertThat(new RunFolders(assignment).whole()).isDirectory();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void forceReplacesAnOutputThatKilnDidNotMake(Form form) throws IOException {
        Assignment assignment = computed(run, form, false, true);
        makeForeign(placeOf(assignment), form);

        publish(assignment, new DurableFiles());

        assertThat(versionAt(placeOf(assignment), form)).isEqualTo(run.toString());
    }

    @Test
    void whatIsLeftOfAnOutputOfOursIsReplaced() throws IOException {
        Assignment assignment = onceAgain(Form.FILE, false, true);
        Files.delete(placeOf(assignment));

        publish(assignment, new DurableFiles());

        assertThat(versionAt(placeOf(assignment), Form.FILE)).isEqualTo(run.toString());
    }

    @Test
    void aForeignPartThatIsInTheWayIsNamed() throws IOException {
        Assignment assignment = computed(run, Form.FILE, false, false);
        Path preview = Files.writeString(placeOf(assignment).resolveSibling("scan_rec.png"), "by hand");

        assertThatThrownBy(() -> publish(assignment, new DurableFiles()))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining(preview + " exists");
    }

    @Test
    void metadataThatNameNoRunDoNotMakeAnOutputKilns() throws IOException {
        for (String text : List.of("", "[]", "{\"run\": 1}", "{\"run\": {\"id\": \"seven\"}}", "{\"run\": {}}")) {
            Path metadata = Files.writeString(folder.resolve("recon.json"), text);
            assertThat(OutputMetadata.run(metadata)).as(text).isEmpty();
        }
    }

    @Test
    void isFencedBeforeItTouchesThePlace() throws IOException {
        Assignment assignment = onceAgain(Form.FOLDER, false, true);
        Runnable fence = () -> {
            throw new LostRunException(assignment.attempt());
        };

        assertThatThrownBy(() -> new Publication(assignment, new DurableFiles())
                        .publish(work -> complete(work, run, Form.FOLDER), fence, NOTHING))
                .isInstanceOf(LostRunException.class);

        assertThat(versionAt(placeOf(assignment), Form.FOLDER)).isEqualTo(oldRun.toString());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void whatAnotherAttemptHasPublishedMeanwhileIsNotPutAside(Form form) throws IOException {
        Assignment assignment = onceAgain(form, false, true);
        AtomicBoolean hangs = new AtomicBoolean(true);
        // a process that hangs as soon as it was told that the run is its own, until another has done the rest
        Runnable fence = () -> {
            if (hangs.getAndSet(false)) {
                publishedByAnother(assignment);
            }
        };

        assertThatThrownBy(() -> new Publication(assignment, new DurableFiles())
                        .publish(work -> complete(work, run, form), fence, NOTHING))
                .isInstanceOf(LostRunException.class);

        assertThat(versionAt(placeOf(assignment), form)).isEqualTo(run.toString());
    }

    private void publishedByAnother(Assignment assignment) {
        try {
            publish(assignment, new DurableFiles());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStopWhileItIsCopiedLeavesThePlaceAsItWas() throws IOException {
        Assignment assignment = onceAgain(Form.FOLDER, true, true);
        Runnable stop = () -> {
            throw new CancellationException();
        };

        assertThatThrownBy(() -> new Publication(assignment, new DurableFiles())
                        .publish(work -> complete(work, run, Form.FOLDER), NOTHING, stop))
                .isInstanceOf(CancellationException.class);

        assertThat(versionAt(placeOf(assignment), Form.FOLDER)).isEqualTo(oldRun.toString());
        publish(assignment, new DurableFiles());
        assertThat(versionAt(placeOf(assignment), Form.FOLDER)).isEqualTo(run.toString());
    }

    @Test
    void aFileThatThePipelineCalledByAnotherNameIsNotLost() throws IOException {
        Assignment assignment = computed(run, Form.FILE, false, false);

        assertThatThrownBy(() -> new Publication(assignment, new DurableFiles())
                        .publish(
                                work -> Files.move(work.resolve("scan_rec.h5"), work.resolve("else.h5")),
                                NOTHING,
                                NOTHING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("scan_rec.h5");

        assertThat(new RunFolders(assignment).work().resolve("else.h5")).exists();
    }

    @Test
    void saysSoWhenTheWorkFolderIsGone() throws IOException {
        Assignment assignment = computed(run, Form.FOLDER, false, false);
        new DurableFiles().delete(assignment.placement().workFolder());

        assertThat(new Publication(assignment, new DurableFiles()).holdsOutput())
                .isFalse();
        assertThatThrownBy(() -> publish(assignment, new DurableFiles()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("queue a new run");
    }

    @Test
    void aWorkFolderWithAReplacedOutputIsListedAndNotDeleted() throws IOException {
        Assignment assignment = onceAgain(Form.FOLDER, false, true);
        int changes = 0;
        while (!Files.exists(new RunFolders(assignment).old()) && crashes(assignment, changes)) {
            changes++;
        }

        List<StrayWorkFolder> strays = WorkFolders.strays(List.of(output(), folder.resolve("absent")), run::equals);

        assertThat(strays)
                .singleElement()
                .matches(StrayWorkFolder::holdsReplacedOutput)
                .matches(stray -> stray.bytes() > 0);
        assertThatThrownBy(() -> WorkFolders.delete(strays.get(0))).isInstanceOf(IllegalStateException.class);
        assertThat(new RunFolders(assignment).old()).isNotEmptyDirectory();
    }

    @Test
    void anEarlierOutputThatCannotBeDeletedFailsNoRunAndIsNotTakenForOneThatIsNeeded() throws IOException {
        Assignment assignment = onceAgain(Form.FOLDER, false, true);
        DurableFiles undeletable = new DurableFiles() {
            @Override
            public void delete(Path root) throws IOException {
                if (exists(root)) {
                    throw new DirectoryNotEmptyException(root.toString());
                }
            }
        };

        new Publication(assignment, undeletable).publish(work -> complete(work, run, Form.FOLDER), NOTHING, NOTHING);

        assertThat(versionAt(placeOf(assignment), Form.FOLDER)).isEqualTo(run.toString());
        List<StrayWorkFolder> strays = WorkFolders.strays(List.of(output()), run::equals);
        assertThat(strays).singleElement().matches(stray -> !stray.holdsReplacedOutput());
        WorkFolders.delete(strays.get(0));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void twoMayDeleteTheSameFolder() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int time = 0; time < 20; time++) {
                Path doomed = Files.createDirectories(folder.resolve("doomed"));
                for (int file = 0; file < 200; file++) {
                    Files.createFile(Files.createDirectories(doomed.resolve("part" + file % 20))
                            .resolve("recon_" + file));
                }
                Future<Void> others = other.submit(() -> {
                    new DurableFiles().delete(doomed);
                    return null;
                });
                new DurableFiles().delete(doomed);
                others.get();

                assertThat(doomed).doesNotExist();
            }
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void onlyWorkFoldersOfRunsThatAreOverAreListed() throws IOException {
        computed(run, Form.FOLDER, false, false);
        Files.createDirectories(output().resolve(RunFolders.PREFIX + oldRun));
        Files.createDirectories(output().resolve(RunFolders.PREFIX + "mine"));

        List<StrayWorkFolder> strays = WorkFolders.strays(List.of(output()), run::equals);

        assertThat(strays).extracting(StrayWorkFolder::run).containsExactly(run);
        WorkFolders.delete(strays.get(0));
        assertThat(leftovers()).hasSize(2);
    }
}
