package io.kiln.volume.spool;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ContiguousArray;
import io.kiln.volume.DamagedDataException;
import io.kiln.volume.ElementType;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** An array of which a part was copied into a raw file. Its indices are those of the original; what was not copied cannot be read. */
public final class SpooledArray implements ArraySource, AutoCloseable {
    private final ArrayShape shape;
    private final Selection copied;
    private final List<Damage> damage;
    private final FileChannel channel;
    private final ContiguousArray copy;

    SpooledArray(ArraySource original, Selection copied, List<Damage> damage, Path file) throws IOException {
        this.shape = original.shape();
        this.copied = copied;
        this.damage = damage;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.copy = new ContiguousArray(ByteStore.of(channel), 0, copied.shape(), original.type(), original.order());
    }

    @Override
    public ArrayShape shape() {
        return shape;
    }

    @Override
    public ElementType type() {
        return copy.type();
    }

    @Override
    public ByteOrder order() {
        return copy.order();
    }

    @Override
    public ArrayShape block() {
        return copy.block();
    }

    /** False where what is selected touches a part of the original that could not be read. */
    public boolean isReadable(Selection selection) {
        Selection positions = selection.within(copied);
        return damage.stream().noneMatch(one -> one.tile().overlaps(positions));
    }

    @Override
    public void read(Selection selection, ByteBuffer destination) throws IOException {
        Selection positions = selection.within(copied);
        for (Damage one : damage) {
            if (one.tile().overlaps(positions)) {
                throw new DamagedDataException(one.reason());
            }
        }
        copy.read(positions, destination);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
