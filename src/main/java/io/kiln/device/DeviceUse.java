package io.kiln.device;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How a device is used just now, as far as it tells.
 *
 * @param freeBytes of its memory
 * @param busyPercent share of the last moments in which it computed, 0 to 100
 * @param others processes beside this one that compute on it
 */
public record DeviceUse(OptionalLong freeBytes, OptionalInt busyPercent, List<Other> others) {
    /** A process of somebody else. */
    public record Other(long pid, String name) {
        @Override
        public String toString() {
            return "process " + pid + " (" + name + ")";
        }
    }

    public DeviceUse {
        others = List.copyOf(others);
    }

    /** The others in words, separated by commas. */
    public String othersInWords() {
        return others.stream().map(Other::toString).collect(Collectors.joining(", "));
    }
}
