package io.kiln.job;

import io.kiln.pipeline.UnitRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Sets of units, written as ranges that ascend and do not touch. */
public final class UnitRanges {
    private UnitRanges() {}

    /** Every unit of a plan that is in none of the ranges, which may overlap and be in any order. */
    public static List<UnitRange> missing(int units, Collection<UnitRange> settled) {
        return minus(List.of(new UnitRange(0, units)), settled);
    }

    /** The units of {@code ranges} that are in none of {@code taken}; both may overlap and be in any order. */
    public static List<UnitRange> minus(Collection<UnitRange> ranges, Collection<UnitRange> taken) {
        BitSet left = bits(ranges);
        left.andNot(bits(taken));
        return ranges(left);
    }

    /** The least set of whole blocks that holds these units: blocks start at multiples of {@code alignment}, the last ends with the plan. */
    public static List<UnitRange> aligned(Collection<UnitRange> ranges, int alignment, int units) {
        BitSet whole = new BitSet(units);
        ranges.forEach(range -> {
            int blocks = (range.to() + alignment - 1) / alignment;
            whole.set(range.from() / alignment * alignment, Math.min(units, blocks * alignment));
        });
        return ranges(whole);
    }

    public static int count(Collection<UnitRange> ranges) {
        return ranges.stream().mapToInt(UnitRange::count).sum();
    }

    /** As text: {@code 0-4,8-12}, each up to and without its second number; empty for none. */
    public static String format(Collection<UnitRange> ranges) {
        return ranges.stream().map(range -> range.from() + "-" + range.to()).collect(Collectors.joining(","));
    }

    /** What {@link #format} wrote; none for null. */
    public static List<UnitRange> parse(String text) {
        List<UnitRange> ranges = new ArrayList<>();
        if (text != null && !text.isEmpty()) {
            for (String range : text.split(",")) {
                String[] ends = range.split("-");
                ranges.add(new UnitRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
            }
        }
        return ranges;
    }

    private static BitSet bits(Collection<UnitRange> ranges) {
        BitSet bits = new BitSet();
        ranges.forEach(range -> bits.set(range.from(), range.to()));
        return bits;
    }

    private static List<UnitRange> ranges(BitSet bits) {
        List<UnitRange> ranges = new ArrayList<>();
        for (int from = bits.nextSetBit(0);
                from >= 0;
                from = bits.nextSetBit(ranges.get(ranges.size() - 1).to())) {
            ranges.add(new UnitRange(from, bits.nextClearBit(from)));
        }
        return ranges;
    }
}
