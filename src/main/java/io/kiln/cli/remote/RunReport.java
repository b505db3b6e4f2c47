package io.kiln.cli.remote;

import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;

/** How runs that are watched are shown. */
sealed interface RunReport {
    /** A run came into view, or into another state. */
    void changed(JsonObject run, Collection<JsonObject> all);

    /** A run has come farther. */
    void progress(JsonObject run, Collection<JsonObject> all);

    /** All are over. */
    void end();

    /** As the command wants it: JSON, a live line on a terminal, or else lines. */
    static RunReport of(Remote remote) {
        return remote.isJson() ? new JsonLines(remote.out()) : of(remote.out());
    }

    /** For people: a live line on a terminal, or else lines. */
    static RunReport of(PrintWriter out) {
        return System.console() != null ? new LiveLine(out) : new Lines(out);
    }

    /** A line for each change of state: for files and pipes. */
    record Lines(PrintWriter out) implements RunReport {
        @Override
        public void changed(JsonObject run, Collection<JsonObject> all) {
            out.println(Runs.line(run));
            out.flush();
        }

        @Override
        public void progress(JsonObject run, Collection<JsonObject> all) {
            // a line for each would fill the file
        }

        @Override
        public void end() {
            out.flush();
        }
    }

    /** The run as JSON at each change and each step: for programs. */
    record JsonLines(PrintWriter out) implements RunReport {
        @Override
        public void changed(JsonObject run, Collection<JsonObject> all) {
            out.println(run);
            out.flush();
        }

        @Override
        public void progress(JsonObject run, Collection<JsonObject> all) {
            changed(run, all);
        }

        @Override
        public void end() {
            out.flush();
        }
    }

    /** A line for each run that is over, and below them one that is written anew: a bar for a single run, else how many are where. */
    record LiveLine(PrintWriter out) implements RunReport {
        private static final String REPLACE_LINE = "\r\033[K";

        @Override
        public void changed(JsonObject run, Collection<JsonObject> all) {
            if (Runs.isOver(run)) {
                out.println(REPLACE_LINE + Runs.line(run));
            }
            progress(run, all);
        }

        @Override
        public void progress(JsonObject run, Collection<JsonObject> all) {
            List<JsonObject> left =
                    all.stream().filter(one -> !Runs.isOver(one)).toList();
            if (left.size() == 1) {
                out.print(REPLACE_LINE + Runs.line(left.get(0)));
            } else if (!left.isEmpty()) {
                out.print(REPLACE_LINE + counts(all));
            }
            out.flush();
        }

        /** Such as {@code Completed 4/20 | Running: 4 | Queue: 12}. */
        private static String counts(Collection<JsonObject> all) {
            long good = all.stream().filter(Runs::isGood).count();
            long over = all.stream().filter(Runs::isOver).count();
            long queued =
                    all.stream().filter(one -> Runs.state(one).equals("QUEUED")).count();
            return "Completed " + good + "/" + all.size() + " | Running: " + (all.size() - over - queued) + " | Queue: "
                    + queued + (over > good ? " | Failed or stopped: " + (over - good) : "");
        }

        @Override
        public void end() {
            out.print(REPLACE_LINE);
            out.flush();
        }
    }
}
