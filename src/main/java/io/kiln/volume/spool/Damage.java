package io.kiln.volume.spool;

/** A part of the original that could not be read; in the spool it is zero. */
record Damage(Tile tile, String reason) {
    /** One line of text. */
    String line() {
        return tile.firstFrom() + " " + tile.firstTo() + " " + tile.secondFrom() + " " + tile.secondTo() + " "
                + reason.replaceAll("\\s+", " ");
    }

    static Damage parse(String line) {
        String[] parts = line.split(" ", 5);
        Tile tile = new Tile(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
        return new Damage(tile, parts[4]);
    }
}
