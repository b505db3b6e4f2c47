package io.kiln.notification;

import io.kiln.persistence.Sql;
import io.kiln.persistence.TestDatabase;
import java.util.UUID;

/** A batch in an empty database, a run of it, and somebody who wants to be told of everything. */
final class Subscribed {
    final TestDatabase database = TestDatabase.empty();
    final Sql sql = database.sql();
    final UUID batch = UUID.randomUUID();
    final UUID item = UUID.randomUUID();
    final UUID run = UUID.randomUUID();
    private final UUID subscription = UUID.randomUUID();

    Subscribed() {
        UUID root = UUID.randomUUID();
        sql.update("insert into data_root (id, path, kind, version) values (?, '/data', 'DATA', 0)", root);
        sql.update(
                "insert into batch (id, name, parameters, target, version, created_by)"
                        + " values (?, 'teeth', '{}', 'server', 0, 'ada')",
                batch);
        sql.update(
                "insert into item (id, batch, position, name, input_root, input_path, parameters, comment, version)"
                        + " values (?, ?, 1, 'molar', ?, 'molar.h5', '{}', '', 0)",
                item,
                batch,
                root);
        sql.update(
                "insert into run (id, batch, item, pipeline, is_try, state, parameters, significant, target, devices,"
                        + " priority, force, input_root, input_path, input_bytes, input_modified, output_root,"
                        + " output_area, output_folder, output_name, output_form, queued_by)"
                        + " values (?, ?, ?, 'full', false, 'RUNNING', '{}', '{}', 'server', 1, 0, false, ?, 'molar.h5', 1,"
                        + " now(), ?, 'INSIDE', 'rec', 'molar', 'FOLDER', 'ada')",
                run,
                batch,
                item,
                root,
                root);
        sql.update(
                "insert into subscription (id, owner, batch, occasions, channel, address)"
                        + " values (?, 'ada', ?, array['BATCH_ENDED', 'FIRST_FAILURE', 'STALLED'], 'MAIL', 'ada@example.org')",
                subscription,
                batch);
    }

    /** Writes down so many messages that are due. */
    void due(int messages) {
        sql.update(
                "insert into notification (subscription, occasion, batch, subject, content)"
                        + " select ?, 'BATCH_ENDED', ?, 'over', '{}' from generate_series(1, ?)",
                subscription,
                batch,
                messages);
    }
}
