package io.kiln.device.cuda;

import java.util.Arrays;
import java.util.List;

/**
 * Which of the GPUs that the driver shows may be used.
 *
 * @param every whether all of them may
 * @param numbers where not all may: those that may, as the driver counts them from 0, ascending
 */
public record PermittedGpus(boolean every, List<Integer> numbers) {
    public static final PermittedGpus ALL = new PermittedGpus(true, List.of());
    public static final PermittedGpus NONE = new PermittedGpus(false, List.of());

    public PermittedGpus {
        numbers = numbers.stream().distinct().sorted().toList();
    }

    /**
     * @param text {@code all}, {@code none}, or numbers separated by commas such as {@code 0,2}
     * @throws IllegalArgumentException when it is none of these
     */
    public static PermittedGpus parse(String text) {
        return switch (text.strip()) {
            case "all" -> ALL;
            case "none" -> NONE;
            default -> {
                if (!text.matches("\\s*\\d{1,4}\\s*(,\\s*\\d{1,4}\\s*)*")) {
                    throw new IllegalArgumentException("KILN_GPUS is '" + text
                            + "', but must be 'all', 'none', or the numbers of GPUs such as '0,2'");
                }
                yield new PermittedGpus(
                        false,
                        Arrays.stream(text.split(","))
                                .map(String::strip)
                                .map(Integer::valueOf)
                                .toList());
            }
        };
    }

    boolean nobody() {
        return !every && numbers.isEmpty();
    }

    boolean permits(int number) {
        return every || numbers.contains(number);
    }

    /** @throws IllegalArgumentException when one is permitted by a number that no GPU has */
    void requireNoneBeyond(int count, String why) {
        numbers.stream().filter(number -> number >= count).findFirst().ifPresent(number -> {
            throw new IllegalArgumentException("KILN_GPUS names GPU " + number + ", counted from 0, but " + why);
        });
    }
}
