package io.kiln.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRootsTest {
    @TempDir
    private Path folder;

    private Path data;
    private DataRoot root;

    @BeforeEach
    void oneRoot() throws IOException {
        folder = folder.toRealPath();
        data = Files.createDirectory(folder.resolve("data"));
        root = TestRoots.root(data);
    }

    @Test
    void aFolderLiesInTheRootAroundIt() throws IOException {
        DataRoots roots = TestRoots.of(folder, root);

        assertThat(roots.around(Files.createDirectory(data.resolve("cycle")))).containsSame(root);
        assertThat(roots.around(data)).containsSame(root);
        assertThat(roots.around(folder.resolve("data_rec"))).isEmpty();
        assertThat(roots.around(folder)).isEmpty();
    }

    @Test
    void aRootAroundOthersTakesNoPlaceOfTheirs() {
        DataRoot outputs = TestRoots.root(folder.resolve("data_rec"));
        DataRoot cycle = TestRoots.root(data.resolve("cycle"));
        DataRoots inner = TestRoots.of(folder, outputs, cycle);
        DataRoots all = TestRoots.of(folder, root, outputs, cycle);

        for (String path : new String[] {"data_rec/a", "data/cycle/a", "data/cycle_rec/a"}) {
            assertThat(all.resolve(folder.resolve(path))).as(path).isEqualTo(inner.resolve(folder.resolve(path)));
        }
    }

    @Test
    void aFolderForOutputsThatIsALinkToAnotherRootIsAPlaceOfThatRoot() throws IOException {
        DataRoot disk = TestRoots.root(Files.createDirectory(folder.resolve("disk")));
        Files.createSymbolicLink(folder.resolve("data_rec"), folder.resolve("disk"));
        Location beside = new Location(root.id(), Area.BESIDE, "cycle");

        assertThat(TestRoots.of(folder, root, disk).canonical(beside))
                .isEqualTo(new Location(disk.id(), Area.INSIDE, "cycle"));
        assertThatThrownBy(() -> TestRoots.of(folder, root).canonical(beside))
                .isInstanceOf(OutsideRootsException.class)
                .hasMessageContaining("lies in no data root");
    }
}
