package io.kiln.root;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.persistence.Sql;
import io.kiln.persistence.TestDatabase;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptPlacesTest {
    private static final Path FOLDER = Path.of("/laboratory");

    private final DataRoot data = TestRoots.root(FOLDER.resolve("data"));
    private final DataRoot cycle = TestRoots.root(FOLDER.resolve("data/cycle"));
    private final UUID batch = UUID.randomUUID();
    private final UUID item = UUID.randomUUID();
    private Sql sql;
    private KeptPlaces kept;

    @BeforeEach
    void aBatchWithAnItemInTheOuterRoot() {
        sql = TestDatabase.empty().sql();
        kept = new KeptPlaces(sql);
        root(data);
        root(cycle);
        sql.update(
                "insert into batch (id, name, parameters, target, version, created_by, output_root, output_area, output_path)"
                        + " values (?, 'scans', '{}', 'server', 0, 'ada', ?, 'INSIDE', 'cycle_rec/all')",
                batch,
                data.id().value());
        sql.update(
                "insert into item (id, batch, position, name, input_root, input_path, parameters, comment, version)"
                        + " values (?, ?, 1, 'scan', ?, 'cycle/scan.h5', '{}', '', 0)",
                item,
                batch,
                data.id().value());
    }

    @Test
    void whatTheOuterRootHasInTheInnerOneIsTheInnerOnes() {
        run(data, "QUEUED", Area.INSIDE, "cycle_rec");
        folder(data, "cycle");
        folder(cycle, "");
        sql.update(
                "insert into item_found (item, is_try, area, path, files, modified)"
                        + " values (?, false, 'INSIDE', 'cycle_rec/scan_rec', 1, now())",
                item);

        kept.settle(TestRoots.of(FOLDER, data, cycle));

        assertThat(places("select input_root, 'INSIDE', input_path from item")).isEqualTo(inner("INSIDE scan.h5"));
        assertThat(places("select input_root, 'INSIDE', input_path from run")).isEqualTo(inner("INSIDE scan.h5"));
        assertThat(places("select output_root, output_area, output_folder from run"))
                .isEqualTo(inner("BESIDE "));
        assertThat(places("select output_root, output_area, output_path from batch"))
                .isEqualTo(inner("BESIDE all"));
        assertThat(places("select root, 'INSIDE', path from batch_folder")).isEqualTo(inner("INSIDE "));
        assertThat(places("select input_root, area, item_found.path from item_found join item on item.id = item"))
                .isEqualTo(inner("BESIDE scan_rec"));
    }

    @Test
    void whatWasFoundBesideAnEarlierInputIsForgotten() {
        sql.update(
                "insert into item_found (item, is_try, area, path, files, modified)"
                        + " values (?, false, 'INSIDE', 'cycle2_rec/scan_rec', 1, now())",
                item);

        kept.settle(TestRoots.of(FOLDER, data, cycle));

        assertThat(sql.exists("select 1 from item_found")).isFalse();
    }

    @Test
    void aRootOfItsOwnHasWhatAnotherGrantedBesideIt() {
        DataRoot outputs = TestRoots.root(FOLDER.resolve("data_rec"));
        root(outputs);
        run(data, "COMPLETED", Area.BESIDE, "");

        kept.settle(TestRoots.of(FOLDER, data, outputs));

        assertThat(places("select output_root, output_area, output_folder from run"))
                .isEqualTo(outputs.id() + " INSIDE ");
        assertThat(places("select input_root, 'INSIDE', input_path from run"))
                .isEqualTo(data.id() + " INSIDE cycle/scan.h5");
    }

    @Test
    void twoRunsThatAreAtOnePlaceAlreadyKeepTheServerFromNothing() {
        run(data, "RUNNING", Area.INSIDE, "cycle_rec");
        run(cycle, "RUNNING", Area.BESIDE, "");

        kept.settle(TestRoots.of(FOLDER, data, cycle));

        assertThat(sql.list(row -> row.getString(1), "select output_folder from run order by seq"))
                .containsExactly("cycle_rec", "");
    }

    private String inner(String place) {
        return cycle.id() + " " + place;
    }

    private String places(String query) {
        return String.join(
                ", ", sql.list(row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3), query));
    }

    private void root(DataRoot root) {
        sql.update(
                "insert into data_root (id, path, kind, version) values (?, ?, 'DATA', 0)",
                root.id().value(),
                root.path().toString());
    }

    private void folder(DataRoot root, String path) {
        sql.update(
                "insert into batch_folder (batch, root, path, pattern) values (?, ?, ?, '*')",
                batch,
                root.id().value(),
                path);
    }

    private void run(DataRoot root, String state, Area area, String folder) {
        sql.update(
                "insert into run (id, batch, item, pipeline, is_try, state, parameters, significant, target, devices,"
                        + " priority, force, input_root, input_path, input_bytes, input_modified, output_root,"
                        + " output_area, output_folder, output_name, output_form, queued_by)"
                        + " values (?, ?, ?, 'full', false, ?, '{}', '{}', 'server', 1, 0, false, ?, 'cycle/scan.h5', 1,"
                        + " now(), ?, ?, ?, 'scan_rec', 'FOLDER', 'ada')",
                UUID.randomUUID(),
                batch,
                item,
                state,
                data.id().value(),
                root.id().value(),
                area,
                folder);
    }
}
