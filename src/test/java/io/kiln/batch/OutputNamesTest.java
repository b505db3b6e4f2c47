package io.kiln.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.access.CurrentRequester;
import io.kiln.access.Requester;
import io.kiln.persistence.CountedStatements;
import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Sql;
import io.kiln.persistence.TestDatabase;
import io.kiln.pipeline.OutputName;
import io.kiln.root.Area;
import io.kiln.root.DataRoot;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.root.TestRoots;
import io.kiln.run.ItemId;
import io.kiln.run.Ownership;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutputNamesTest {
    private static final int MANY = 2000;
    private static final JsonObject SIGNIFICANT = JsonColumn.parse("{\"rotationAxis\": 1}");

    @TempDir
    private Path folder;

    private final UUID batch = UUID.randomUUID();
    private final CurrentRequester requester = new CurrentRequester();
    private TestDatabase database;
    private Sql sql;
    private CountedStatements statements;
    private OutputNames names;
    private DataRoot root;
    private DataRoots roots;

    @BeforeEach
    void aBatchInAnEmptyDatabase() {
        database = TestDatabase.empty();
        sql = database.sql();
        statements = new CountedStatements(database.dataSource());
        names = new OutputNames(
                statements.sql(), new OutputOccupants(statements.sql(), new Ownership(statements.sql(), requester)));
        root = TestRoots.root(folder);
        roots = TestRoots.of(folder, root);
        sql.update(
                "insert into data_root (id, path, kind, version) values (?, ?, 'DATA', 0)",
                root.id().value(),
                folder.toString());
        sql.update(
                "insert into batch (id, name, parameters, target, version, created_by)"
                        + " values (?, 'scans', '{}', 'server', 0, 'ada')",
                batch);
    }

    @Test
    void thousandsOfOutputsTakeAsManyStatementsAsOne() {
        reserve(wanted(1, index -> "first"));
        int ofOne = statements.count();

        List<WantedOutput> wanted = wanted(MANY, index -> "scan" + index);
        Map<ItemId, OutputName> reserved = reserve(wanted);

        assertThat(statements.count()).isEqualTo(2 * ofOne);
        assertThat(wanted).allSatisfy(one -> assertThat(reserved).containsEntry(one.item(), one.name()));
    }

    @Test
    void thousandsOfOutputsOfOneNameAreNumberedInTheirOrderWithFewStatements() {
        List<WantedOutput> wanted = wanted(MANY, index -> "scan");

        Map<ItemId, OutputName> reserved = reserve(wanted);

        assertThat(wanted.stream().map(one -> reserved.get(one.item()).path()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, MANY)
                        .mapToObj(number -> number == 1 ? "scan" : "scan_" + number)
                        .toList());
        assertThat(statements.count()).isLessThan(100);
    }

    @Test
    void aNumberedNameIsNotGivenToWhomeverIsCalledThat() {
        List<String> called = List.of("scan", "scan", "scan_2", "scan_2");
        List<WantedOutput> wanted = wanted(called.size(), called::get);

        Map<ItemId, OutputName> reserved = reserve(wanted);

        assertThat(wanted.stream().map(one -> reserved.get(one.item()).path()))
                .doesNotHaveDuplicates()
                .startsWith("scan");
    }

    @Test
    void anItemKeepsThePlaceThatItsResultHasWhateverANumberIsWrittenLike() throws IOException {
        WantedOutput first = wanted(1, index -> "scan").get(0);
        reserve(List.of(first));
        made(first, "{\"rotationAxis\": 1.0}");

        assertThat(reserve(List.of(first))).containsEntry(first.item(), first.name());
    }

    @Test
    void aResultOfOtherParametersIsReplacedOnlyByForce() throws IOException {
        WantedOutput first = wanted(1, index -> "scan").get(0);
        reserve(List.of(first));
        made(first, "{\"rotationAxis\": 2}");

        assertThat(names.reserve(List.of(first), roots, true)).containsEntry(first.item(), first.name());
        assertThat(reserve(List.of(first)).get(first.item()).path()).isEqualTo("scan_2");
    }

    @Test
    void anUnfinishedRunOfOtherParametersKeepsItsPlace() {
        WantedOutput first = wanted(1, index -> "scan").get(0);
        run(first, "QUEUED", "{\"rotationAxis\": 2}");

        assertThat(reserve(List.of(first)).get(first.item()).path()).isEqualTo("scan_2");
    }

    @Test
    void anotherItemsRunThatEndedWithoutAResultKeepsNoPlace() {
        List<WantedOutput> both = wanted(2, index -> "scan");
        reserve(both.subList(0, 1));
        UUID run = run(both.get(0), "QUEUED", "{\"rotationAxis\": 2}");

        assertThat(named(both.get(1), true)).as("under way, forced or not").isEqualTo("scan_2");
        sql.update("update run set state = 'STOPPED' where id = ?", run);
        assertThat(named(both.get(1), false)).isEqualTo("scan");
    }

    @Test
    @Timeout(60)
    void ofTwoRequestsAtOnceTheSecondSeesWhatTheFirstHasQueued() {
        List<WantedOutput> both = wanted(2, index -> "scan");

        CompletableFuture<String> second = database.inTransaction(() -> {
            reserve(both.subList(0, 1));
            run(both.get(0), "QUEUED", SIGNIFICANT.toString());
            CompletableFuture<String> waiting =
                    CompletableFuture.supplyAsync(() -> database.inTransaction(() -> named(both.get(1), false)));
            while (!sql.exists("select 1 from pg_locks where not granted")) {
                Thread.onSpinWait();
            }
            return waiting;
        });

        assertThat(second.join()).isEqualTo("scan_2");
    }

    @Test
    void theSameResultIsReplacedWhoseverItemItIs() throws IOException {
        List<WantedOutput> both = wanted(2, index -> "scan");
        reserve(both.subList(0, 1));
        made(both.get(0), SIGNIFICANT.toString());

        assertThat(named(both.get(1), false)).isEqualTo("scan");
    }

    @Test
    void forceReplacesTheResultAtTheFirstPlaceWhoseverItemItIs() throws IOException {
        List<WantedOutput> both = wanted(2, index -> "scan");
        reserve(both.subList(0, 1));
        made(both.get(0), "{\"rotationAxis\": 2}");

        assertThat(named(both.get(1), false)).isEqualTo("scan_2");
        assertThat(named(both.get(1), true)).isEqualTo("scan");
    }

    @Test
    void theResultOfAnotherInputIsNotTheSame() throws IOException {
        WantedOutput first = wanted(1, index -> "scan").get(0);
        made(first, SIGNIFICANT.toString());
        WantedOutput other =
                new WantedOutput(first.item(), input("scan.nxs"), first.folder(), first.name(), first.significant());

        assertThat(named(other, false)).isEqualTo("scan_2");
    }

    @Test
    void aResultThatIsSomebodyElsesAloneIsKept() throws IOException {
        WantedOutput first = wanted(1, index -> "scan").get(0);
        made(first, SIGNIFICANT.toString());
        sql.update("update batch set shared = false");

        requester.is(new Requester("ada", false));
        assertThat(named(first, true)).isEqualTo("scan");
        requester.is(new Requester("bob", false));
        assertThat(named(first, true)).isEqualTo("scan_2");
    }

    private String named(WantedOutput wanted, boolean force) {
        return names.reserve(List.of(wanted), roots, force).get(wanted.item()).path();
    }

    private Location input(String path) {
        return new Location(root.id(), Area.INSIDE, path);
    }

    private Map<ItemId, OutputName> reserve(List<WantedOutput> wanted) {
        return names.reserve(wanted, roots, false);
    }

    private List<WantedOutput> wanted(int count, IntFunction<String> name) {
        List<WantedOutput> wanted = IntStream.range(0, count)
                .mapToObj(index -> new WantedOutput(
                        ItemId.random(),
                        input("scan.h5"),
                        new Location(root.id(), Area.INSIDE, "rec"),
                        new OutputName(name.apply(index), OutputName.Form.FOLDER),
                        JsonColumn.comparable(SIGNIFICANT)))
                .toList();
        long before =
                sql.first(row -> row.getLong(1), "select count(*) from item").orElseThrow();
        sql.update(
                "insert into item (id, batch, position, name, input_root, input_path, parameters, comment, version)"
                        + " select id, ?, ? + number, 'scan', ?, 'scan.h5', '{}', '', 0"
                        + " from unnest(?) with ordinality wanted (id, number)",
                batch,
                before,
                root.id().value(),
                wanted.stream().map(one -> one.item().value()).toArray(UUID[]::new));
        return wanted;
    }

    /** A completed run with its output. */
    private void made(WantedOutput output, String significant) throws IOException {
        UUID run = run(output, "COMPLETED", significant);
        Path place = Files.createDirectories(
                roots.path(output.folder()).resolve(output.name().path()));
        Files.writeString(place.resolve("recon.json"), "{\"run\": {\"id\": \"" + run + "\"}}");
    }

    private UUID run(WantedOutput output, String state, String significant) {
        UUID run = UUID.randomUUID();
        sql.update(
                "insert into run (id, batch, item, pipeline, is_try, state, parameters, significant, target, devices,"
                        + " priority, force, input_root, input_path, input_bytes, input_modified, output_root,"
                        + " output_area, output_folder, output_name, output_form, queued_by)"
                        + " values (?, ?, ?, 'full', false, ?, '{}', cast(? as jsonb), 'server', 1, 0, false, ?, 'scan.h5', 1,"
                        + " now(), ?, 'INSIDE', 'rec', ?, 'FOLDER', 'ada')",
                run,
                batch,
                output.item().value(),
                state,
                significant,
                root.id().value(),
                root.id().value(),
                output.name().path());
        return run;
    }
}
