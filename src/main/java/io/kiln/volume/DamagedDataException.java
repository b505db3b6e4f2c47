package io.kiln.volume;

import java.io.IOException;

/** A part of a file is there but is not what was written: a block that does not decompress, a checksum that does not match. */
public class DamagedDataException extends IOException {
    public DamagedDataException(String message) {
        super(message);
    }

    public DamagedDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
