package io.kiln.root;

import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The places that items, batches and runs refer to. Where a root comes to lie in another one, what they have in there is theirs through the inner root from
 * then on: places are compared as they are kept, so that each path may have only one.
 */
@ApplicationScoped
class KeptPlaces {
    /** @see #move */
    private static final String MOVE =
            " (values (cast(? as uuid), cast(? as text), cast(? as uuid), cast(? as text), cast(? as text)))"
                    + " move (to_root, to_area, root, area, folder)";

    private static final String IS_INPUT = "input_root = move.root and " + isMoved("input_path");

    /** The folder beside that which is moved, which the inner root grants too. */
    private static final String BESIDE = "rtrim(move.folder, '/') || '_rec/'";

    private static final String IS_FOUND =
            "(item_found.area = 'INSIDE' and (" + isMoved("path") + " or starts_with(path, " + BESIDE + ")))";

    private static final String IS_FOLDER = "batch_folder.root = move.root and " + isMoved("batch_folder.path");

    private final Sql sql;

    /** For the container's proxy only. */
    protected KeptPlaces() {
        this(null);
    }

    @Inject
    KeptPlaces(Sql sql) {
        this.sql = sql;
    }

    /** Expresses them as the innermost of the roots have them. */
    void settle(DataRoots roots) {
        for (DataRoots.Overlap overlap : roots.overlaps()) {
            if (overlap.area() == Area.INSIDE && overlap.outer().area() == Area.INSIDE) {
                settleInputs(move(overlap));
            }
            settleOutputs(move(overlap));
        }
    }

    private void settleInputs(Object... move) {
        // what was found beside an input that the item had before
        sql.update(
                "delete from item_found using item," + MOVE + " where item.id = item_found.item and " + IS_INPUT
                        + " and not " + IS_FOUND,
                move);
        sql.update(
                "update item_found set area = case when " + isMoved("path") + " then 'INSIDE' else 'BESIDE' end,"
                        + " path = case when " + isMoved("path") + " then " + rest("path")
                        + " else substr(path, length(" + BESIDE + ") + 1) end from item," + MOVE
                        + " where item.id = item_found.item and " + IS_INPUT,
                move);
        sql.update(
                "update item set input_root = to_root, input_path = " + rest("input_path")
                        + ", version = version + 1 from" + MOVE + " where " + IS_INPUT,
                move);
        sql.update(
                "update run set input_root = to_root, input_path = " + rest("input_path") + " from" + MOVE + " where "
                        + IS_INPUT,
                move);
        sql.update(
                "insert into batch_folder (batch, root, path, pattern) select batch, to_root, "
                        + rest("batch_folder.path") + ", pattern from batch_folder," + MOVE + " where " + IS_FOLDER
                        + " on conflict do nothing",
                move);
        sql.update("delete from batch_folder using" + MOVE + " where " + IS_FOLDER, move);
    }

    private void settleOutputs(Object... move) {
        sql.update(
                "update batch set output_root = to_root, output_area = to_area, output_path = " + rest("output_path")
                        + ", version = version + 1 from" + MOVE
                        + " where output_root = move.root and output_area = move.area and " + isMoved("output_path"),
                move);
        // why: two that run at one place already, which had two names when they began, cannot be told so any more
        sql.update(
                "update run set output_root = to_root, output_area = to_area, output_folder = " + rest("output_folder")
                        + " from" + MOVE + " where output_root = move.root and output_area = move.area and "
                        + isMoved("output_folder") + " and not (state in ('RUNNING', 'PUBLISHING') and exists ("
                        + "select 1 from run other where other.state in ('RUNNING', 'PUBLISHING')"
                        + " and other.output_root = to_root and other.output_area = to_area"
                        + " and other.output_folder = " + rest("run.output_folder")
                        + " and other.output_name = run.output_name))",
                move);
    }

    /** What {@link #MOVE} takes: where a folder of a root and area is now, and the folder, with a slash at its end unless it is the area itself. */
    private static Object[] move(DataRoots.Overlap overlap) {
        Location outer = overlap.outer();
        return new Object[] {
            overlap.inner().value(),
            overlap.area(),
            outer.root().value(),
            outer.area(),
            outer.path().isEmpty() ? "" : outer.path() + "/"
        };
    }

    private static String isMoved(String path) {
        return "starts_with(" + path + " || '/', move.folder)";
    }

    private static String rest(String path) {
        return "substr(" + path + ", length(move.folder) + 1)";
    }
}
