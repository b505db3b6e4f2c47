package io.kiln.device;

/**
 * Names a device within its server node, for example {@code cpu0} or {@code gpu3}.
 *
 * @param value letters, digits, dots and dashes
 */
public record DeviceId(String value) {
    public DeviceId {
        if (!value.matches("[A-Za-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException("'" + value + "' is no device id: use letters, digits, dots and dashes");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
