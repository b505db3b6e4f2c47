package io.kiln.volume.preview;

/** Pixels across and down. */
public record PictureSize(int width, int height) {}
