package io.kiln.run;

/** Why queued runs are still queued, as SQL over the table alias {@code run}: worked out when somebody looks, so that it is never stale. */
public final class QueueReasons {
    /** A run that was skipped because this one had made the same already stands for it, newer runs with other parameters or not. */
    private static final String AGAIN_AT = "coalesce((select max(again.seq) from run again where again.item = done.item"
            + " and again.pipeline = done.pipeline and again.state = 'SKIPPED' and again.significant = done.significant), done.seq)";

    /** An earlier item whose newest run of the same pipeline, of those that were not skipped, is not a whole, completed one. */
    static final String UNFINISHED_EARLIER_ITEM =
            "select earlier.name || case (select r.state || r.incomplete from run r"
                    + " where r.item = earlier.id and r.pipeline = run.pipeline and r.state <> 'SKIPPED' order by r.seq desc limit 1)"
                    + " when 'FAILED' || false then ', which failed' when 'STOPPED' || false then ', which was stopped'"
                    + " when 'COMPLETED' || true then ', whose output is incomplete' else '' end"
                    + " from item_after join item earlier on earlier.id = item_after.earlier"
                    + " where item_after.item = run.item and not exists (select 1 from run done where done.item = earlier.id"
                    + " and done.pipeline = run.pipeline and done.state = 'COMPLETED' and not done.incomplete"
                    + " and not exists (select 1 from run newer where newer.item = done.item"
                    + " and newer.pipeline = done.pipeline and newer.seq > done.seq and (newer.state in ('QUEUED', 'RUNNING',"
                    + " 'PUBLISHING') or newer.state <> 'SKIPPED' and newer.seq > " + AGAIN_AT + ")))"
                    + " order by earlier.position limit 1";

    /** The active run that writes to the same output. */
    static final String SAME_OUTPUT = "select other.id from run other where other.state in ('RUNNING', 'PUBLISHING')"
            + " and (other.output_root, other.output_area, other.output_folder, other.output_name)"
            + " = (run.output_root, run.output_area, run.output_folder, run.output_name) limit 1";

    /** Nodes that take runs and were heard of lately. */
    static final String TAKES_RUNS = "not draining and heartbeat_at > clock_timestamp() - interval '30 seconds'";

    /** The node with the most devices, of those that may be used; no row where no node takes runs. */
    private static final String LARGEST_NODE = "select count(*) as devices,"
            + " count(*) filter (where coalesce(quarantined_until, '-infinity') < clock_timestamp()) as usable"
            + " from node join device on device.node = node.name where " + TAKES_RUNS
            + " group by node.name order by usable desc, devices desc limit 1";

    /** No row where a node has as many devices as the run wants. */
    private static final String TOO_MANY_DEVICES = "select 'wants ' || run.devices || ' devices; the largest node has '"
            + " || largest.usable || case when largest.devices > largest.usable then ' that are not quarantined'"
            + " else '' end from (" + LARGEST_NODE + ") largest where run.devices > largest.usable";

    /** A row where every node that takes runs publishes as many results as it may at once. */
    private static final String MUCH_TO_PUBLISH =
            "select 'waiting for results to be published: ' || count(*) || ' are under way' from run publishing"
                    + " where publishing.state = 'PUBLISHING' having not exists (select 1 from node where " + TAKES_RUNS
                    + " and (select count(*) from run theirs where theirs.node = node.name and theirs.state = 'PUBLISHING') < "
                    + RunClaims.MOST_PUBLISHING + ")";

    /** Why fewer devices are free than there are: those that others use. */
    private static final String OCCUPIED_DEVICES =
            "select string_agg('; ' || device.id || ' of node ' || device.node || ' is used by ' || occupied_by, ''"
                    + " order by device.node, device.id) from node join device on device.node = node.name where "
                    + TAKES_RUNS + " and occupied_by is not null";

    /** How many devices the run takes of what its batch may hold; one that wants all of a node takes all of these. */
    private static final String SHARE = "case run.devices when 0 then capped.max_devices else run.devices end";

    /** A row where the run's batch may not hold as many devices more as the run wants, or never may. */
    private static final String CAP_REACHED = " from batch capped where capped.id = run.batch and capped.max_devices < "
            + SHARE + " + (select count(*) from device_lease join run holder on holder.id = device_lease.run"
            + " where holder.batch = capped.id)";

    private static final String CAP_IN_WORDS = "select case when run.devices > capped.max_devices then 'wants '"
            + " || run.devices || ' devices; its batch may hold ' || capped.max_devices || ' at once'"
            + " else 'waiting for another run of its batch, which may hold ' || capped.max_devices || ' device'"
            + " || case when capped.max_devices = 1 then '' else 's' end || ' at once' end" + CAP_REACHED;

    /** One sentence. */
    public static final String SENTENCE = "case when run.hold_folder is not null or run.stopped_outside is not null"
            + " then run.reason"
            + " when run.not_before > clock_timestamp() then 'waiting until '"
            + " || to_char(run.not_before at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS\"Z\"') || coalesce(': ' || run.reason, '')"
            + " else coalesce('waiting for item ' || (" + UNFINISHED_EARLIER_ITEM + "),"
            + " 'waiting for run ' || (" + SAME_OUTPUT + ") || ', which writes to the same output',"
            + " case when not exists (select 1 from node where " + TAKES_RUNS
            + ") then 'held: no server node takes runs' end, (" + MUCH_TO_PUBLISH + "), (" + TOO_MANY_DEVICES + "), ("
            + CAP_IN_WORDS + "),"
            + " case when run.reason like '" + Yields.REASON + "%' then run.reason || '; ' else '' end"
            + " || 'waiting for ' || case when run.devices = 0 then 'all devices of a node'"
            + " when run.devices = 1 then 'a device' else run.devices || ' devices' end"
            + " || coalesce((" + OCCUPIED_DEVICES + "), '')) end";

    /** True for runs that need nothing but devices, be it of those that their batch may hold, and disk space. */
    static final String READY_BUT_FOR_THE_CAP = "run.hold_folder is null and run.stopped_outside is null"
            + " and (run.not_before is null or run.not_before <= clock_timestamp())"
            + " and not exists (" + UNFINISHED_EARLIER_ITEM + ") and not exists (" + SAME_OUTPUT + ")";

    /** True for runs that need nothing but devices and disk space. */
    public static final String READY = READY_BUT_FOR_THE_CAP + " and not exists (select 1" + CAP_REACHED + ")";

    private QueueReasons() {}
}
