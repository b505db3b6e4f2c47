package io.kiln.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Where some items of a batch go together. Those that go, and those that stay, keep their order among themselves. */
public enum ItemMove {
    /** Before all others. */
    TOP {
        @Override
        <T> List<T> of(List<T> all, Set<T> chosen) {
            List<T> moved = new ArrayList<>(all);
            moved.removeIf(one -> !chosen.contains(one));
            all.stream().filter(one -> !chosen.contains(one)).forEach(moved::add);
            return moved;
        }
    },

    /** One place towards the beginning, as far as there is one that is not theirs. */
    UP {
        @Override
        <T> List<T> of(List<T> all, Set<T> chosen) {
            List<T> moved = new ArrayList<>(all);
            for (int i = 1; i < moved.size(); i++) {
                if (chosen.contains(moved.get(i)) && !chosen.contains(moved.get(i - 1))) {
                    Collections.swap(moved, i - 1, i);
                }
            }
            return moved;
        }
    },

    /** One place towards the end, as far as there is one that is not theirs. */
    DOWN {
        @Override
        <T> List<T> of(List<T> all, Set<T> chosen) {
            return reversed(UP.of(reversed(all), chosen));
        }
    },

    /** Behind all others. */
    END {
        @Override
        <T> List<T> of(List<T> all, Set<T> chosen) {
            return reversed(TOP.of(reversed(all), chosen));
        }
    };

    /** All of them as they stand once the chosen ones have moved. */
    abstract <T> List<T> of(List<T> all, Set<T> chosen);

    private static <T> List<T> reversed(List<T> all) {
        List<T> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        return reversed;
    }
}
