package io.kiln.volume.preview;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders names as people do: {@code center95.00} before {@code center100.00}. */
final class NaturalOrder implements Comparator<String> {
    private static final Pattern PART = Pattern.compile("\\d+|\\D+");

    @Override
    public int compare(String one, String other) {
        Matcher left = PART.matcher(one);
        Matcher right = PART.matcher(other);
        while (true) {
            boolean hasLeft = left.find();
            boolean hasRight = right.find();
            if (!hasLeft || !hasRight) {
                return hasLeft == hasRight ? one.compareTo(other) : Boolean.compare(hasLeft, hasRight);
            }
            int order = compareParts(left.group(), right.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int compareParts(String left, String right) {
        return Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0))
                ? new BigInteger(left).compareTo(new BigInteger(right))
                : left.compareTo(right);
    }
}
