package io.kiln.tomography;

/** Who says where the axis of rotation is. */
public enum CenterChoice {
    MANUAL,
    AUTO
}
