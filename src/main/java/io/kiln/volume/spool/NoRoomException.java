package io.kiln.volume.spool;

import java.io.IOException;

/** A file system has too little free space for the decompressed copy of an array. */
public class NoRoomException extends IOException {
    private final long neededBytes;

    /** @param neededBytes free space that the copy takes */
    public NoRoomException(long neededBytes, String message) {
        super(message);
        this.neededBytes = neededBytes;
    }

    public long neededBytes() {
        return neededBytes;
    }
}
