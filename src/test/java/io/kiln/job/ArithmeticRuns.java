package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.batch.BatchService;
import io.kiln.batch.BatchSettings;
import io.kiln.batch.Item;
import io.kiln.batch.ItemSelection;
import io.kiln.batch.ItemService;
import io.kiln.batch.ItemSettings;
import io.kiln.batch.QueueRequest;
import io.kiln.batch.QueueService;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.Patience;
import io.kiln.persistence.PageRequest;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.RunFilter;
import io.kiln.run.RunLogs;
import io.kiln.run.RunQueue;
import io.kiln.run.RunService;
import io.kiln.run.RunState;
import io.kiln.run.RunStops;
import io.kiln.run.RunView;
import io.kiln.settings.Settings;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A test's own input, batch and runs of {@link ArithmeticPipeline}, in a server. */
@Dependent
public class ArithmeticRuns {
    private static final String WHO = "tester";

    @Inject
    private BatchService batches;

    @Inject
    private ItemService items;

    @Inject
    private QueueService queue;

    @Inject
    private RunService runs;

    @Inject
    private RunQueue runQueue;

    @Inject
    private RunStops stops;

    @Inject
    private RunHost host;

    @Inject
    private RunLogs logs;

    @Inject
    private Settings settings;

    @Resource(lookup = "java:jboss/datasources/KilnDS")
    private DataSource database;

    private BatchId batch;
    private ItemId item;
    private Path input;

    /** The application with this pipeline in it; its job is defined as that of a real one. */
    static WebArchive deployment(Class<?> test) throws IOException {
        String definition = Files.readString(Path.of("batch-jobs/tomo-full.xml"))
                .replace("id=\"tomo-full\"", "id=\"" + ArithmeticPipeline.NAME + "\"");
        return KilnDeployment.with(
                        test,
                        ArithmeticRuns.class,
                        ArithmeticPipeline.class,
                        ArithmeticWork.class,
                        Halt.class,
                        Patience.class)
                .addAsResource(new StringAsset(definition), "META-INF/batch-jobs/" + ArithmeticPipeline.NAME + ".xml");
    }

    /** Makes a batch of one item. */
    void begin() throws IOException {
        ArithmeticPipeline.reset();
        Path folder = Files.createDirectories(settings.data().get(0).resolve("job-" + UUID.randomUUID()));
        input = Files.writeString(folder.resolve("scan"), "input");
        batch = batches.create(BatchSettings.named(folder.getFileName().toString()), WHO)
                .id();
        item = items.add(batch, List.of(ItemSettings.of(input.toString())), WHO)
                .get(0)
                .id();
    }

    /** Adds items with inputs of their own, which are called {@code scan1} and so on. */
    List<ItemId> added(int count) throws IOException {
        List<ItemSettings> more = new ArrayList<>();
        for (int item = 1; item <= count; item++) {
            more.add(ItemSettings.of(Files.writeString(input.resolveSibling("scan" + item), "input")
                    .toString()));
        }
        return items.add(batch, more, WHO).stream().map(Item::id).toList();
    }

    /** Changes what the batch is set to. */
    void edit(JsonObject patch) {
        batches.edit(batch, batches.get(batch).version(), patch, WHO);
    }

    BatchId batch() {
        return batch;
    }

    /** Leaves nothing running. */
    void end() {
        ArithmeticPipeline.reset();
        batches.stop(batch, WHO);
        RunFilter ofBatch = new RunFilter(Optional.of(batch), Optional.empty());
        await().atMost(Patience.LIMIT)
                .until(() -> runs.list(ofBatch, PageRequest.of(null, null)).items().stream()
                        .allMatch(view -> view.run().state().isOver()));
    }

    /** The one that the batch begins with. */
    ItemId item() {
        return item;
    }

    Path input() {
        return input;
    }

    /** Where the run's output goes. */
    Path place() {
        return input.getParent()
                .resolveSibling(input.getParent().getFileName() + "_rec")
                .resolve("scan_rec");
    }

    RunId queued(int devices) {
        return queued(devices, JsonValue.EMPTY_JSON_OBJECT);
    }

    RunId queued(int devices, JsonObject parameters) {
        return queued(new ItemSelection.All(), devices, parameters, false).get(0);
    }

    /** Queues one run of the item on one device. */
    RunId queued(ItemId item, boolean urgent) {
        return queued(new ItemSelection.Only(List.of(item)), 1, JsonValue.EMPTY_JSON_OBJECT, urgent)
                .get(0);
    }

    /** Queues a run of each item, in their order. */
    List<RunId> queued(ItemSelection selection, int devices, JsonObject parameters, boolean urgent) {
        QueueRequest request = new QueueRequest(
                Optional.of(ArithmeticPipeline.NAME),
                selection,
                parameters,
                Optional.empty(),
                devices,
                Optional.empty(),
                urgent,
                0,
                false,
                false);
        return queue.queue(batch, request, WHO).runs().stream()
                .map(planned -> planned.order().id())
                .toList();
    }

    /** Waits until the run's artefacts are told to stop, whoever asked. */
    void awaitAskedToStop(Attempt attempt) {
        await().atMost(Patience.LIMIT).until(() -> host.stopRequested(attempt));
    }

    /** Asks the run to stop and waits until its artefacts can see it. */
    void stop(RunId run) {
        Attempt attempt = new Attempt(run, view(run).run().attempt());
        stops.stop(run, WHO);
        awaitAskedToStop(attempt);
    }

    void restart(RunId run, int devices) throws SQLException {
        update("update run set devices = " + devices + " where id = ?", run);
        runQueue.restart(run, WHO);
    }

    /** What recovery does with a run whose node it takes for dead, while the node is alive. */
    void takeAway(RunId run) throws SQLException {
        update("delete from device_lease where run = ?", run);
        update("update run set state = 'QUEUED' where id = ?", run);
    }

    /** The next notes of why an attempt fails cannot be written, so many of them; sequences know of those that were rolled back, too. */
    void refuseNotes(int count) throws SQLException {
        execute("create sequence refused_note");
        execute("create function refuse_note() returns trigger language plpgsql as $$ begin"
                + " if nextval('refused_note') <= " + count + " then"
                + " raise exception 'no space is left for notes' using errcode = '53100'; end if; return new; end $$");
        execute("create trigger refuse_note before insert on run_failure"
                + " for each row execute function refuse_note()");
    }

    /** All notes can be written again. */
    void takeNotes() throws SQLException {
        execute("drop function refuse_note() cascade");
        execute("drop sequence refused_note");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets the devices on which the run failed be used again. */
    void endQuarantine(RunId run) throws SQLException {
        update(
                "update device set quarantined_until = null where quarantined_until is not null"
                        + " and exists (select 1 from run where id = ?)",
                run);
    }

    RunView view(RunId run) {
        return runs.get(run);
    }

    /** Waits until the run is over, which must be in this state. */
    RunView ends(RunId run, RunState state) {
        await().atMost(Patience.LIMIT).until(() -> view(run).run().state().isOver());
        RunView view = view(run);
        assertThat(view.run().state())
                .as(view.reason().orElse("no reason") + "\n" + log(run))
                .isEqualTo(state);
        return view;
    }

    /** Waits until the run has failed, and says why. */
    String failure(RunId run) {
        return ends(run, RunState.FAILED).reason().orElse("");
    }

    String log(RunId run) {
        return String.join("\n", logs.tail(run, 1000));
    }

    long[] published() throws IOException {
        return published(place());
    }

    /** The numbers that were published in this folder. */
    static long[] published(Path place) throws IOException {
        return ArithmeticWork.values(place.resolve(ArithmeticPipeline.FILE));
    }

    JsonObject metadata() throws IOException {
        try (JsonReader json = Json.createReader(Files.newBufferedReader(place().resolve("recon.json")))) {
            return json.readObject();
        }
    }

    List<Path> workFolders() throws IOException {
        try (Stream<Path> beside = Files.list(place().getParent())) {
            return beside.filter(path -> path.getFileName().toString().startsWith(RunFolders.PREFIX))
                    .toList();
        }
    }

    static int settledUnits(RunView view) {
        return view.progress().orElseThrow().done();
    }

    static long[] values(int units) {
        return IntStream.range(0, units).mapToLong(ArithmeticWork::value).toArray();
    }

    private void update(String sql, RunId run) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, run.value());
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
