package io.kiln.cli.operate;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Which whole numbers an option takes.
 *
 * @param most included, as {@code least} is
 */
record Bounds(int least, int most) {
    static final Bounds NOT_NEGATIVE = new Bounds(0, Integer.MAX_VALUE);

    /** @throws ParameterException with which the command ends as a wrong call does */
    void require(CommandSpec command, String option, int value) {
        if (value < least || value > most) {
            throw new ParameterException(
                    command.commandLine(), option + " is " + value + ", but must be from " + least + " to " + most);
        }
    }
}
