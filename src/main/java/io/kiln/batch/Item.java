package io.kiln.batch;

import io.kiln.persistence.JsonColumn;
import io.kiln.root.Area;
import io.kiln.root.Location;
import io.kiln.root.RootId;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import jakarta.json.JsonObject;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;

/** One input of a batch. */
@Entity
@Table(name = "item")
public class Item {
    @Id
    private UUID id;

    @Column(updatable = false)
    private UUID batch;

    private long position;
    private String name;

    @Column(name = "input_root")
    private UUID inputRoot;

    @Column(name = "input_path")
    private String inputPath;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private JsonObject parameters;

    private String comment;

    @ElementCollection(fetch = FetchType.EAGER)
    @Fetch(FetchMode.SUBSELECT)
    @CollectionTable(name = "item_after", joinColumns = @JoinColumn(name = "item"))
    @Column(name = "earlier")
    private Set<UUID> after = new HashSet<>();

    @Column(name = "input_missing", insertable = false, updatable = false)
    private boolean inputMissing;

    @Version
    private int version;

    protected Item() {}

    Item(BatchId batch, long position, ItemSettings settings, Location input) {
        this.id = UUID.randomUUID();
        this.batch = batch.value();
        this.position = position;
        set(settings, input);
    }

    final void set(ItemSettings settings, Location input) {
        name = settings.name().isBlank() ? stem(input.path()) : settings.name();
        inputRoot = input.root().value();
        inputPath = input.path();
        parameters = settings.parameters();
        comment = settings.comment();
        Set<UUID> wanted = settings.after().stream().map(ItemId::value).collect(Collectors.toSet());
        if (!after.equals(wanted)) {
            after.clear();
            after.addAll(wanted);
        }
    }

    void setParameters(JsonObject wanted) {
        parameters = wanted;
    }

    /** The name of a file without its extension. */
    static String stem(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.contains(".") && file.lastIndexOf('.') > 0 ? file.substring(0, file.lastIndexOf('.')) : file;
    }

    public ItemId id() {
        return new ItemId(id);
    }

    public BatchId batch() {
        return new BatchId(batch);
    }

    /** Its place in the batch: ascending, with gaps. */
    public long position() {
        return position;
    }

    void moveTo(long place) {
        position = place;
    }

    public String name() {
        return name;
    }

    public Location input() {
        return new Location(new RootId(inputRoot), Area.INSIDE, inputPath);
    }

    public JsonObject parameters() {
        return parameters;
    }

    public String comment() {
        return comment;
    }

    public Set<ItemId> after() {
        return after.stream().map(ItemId::new).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether its file was gone when it was last looked for. */
    public boolean isInputMissing() {
        return inputMissing;
    }

    /** What an edit must name. */
    public int version() {
        return version;
    }
}
