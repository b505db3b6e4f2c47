package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks before files are deleted. */
final class Confirmation {
    private static final Set<String> YES = Set.of("y", "yes");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before files are deleted.")
    private boolean yes;

    /** @throws CommandFailure unless the answer is yes; where there is nobody to answer it is no */
    void require(String question) {
        if (!yes && !answeredYes(question)) {
            throw new CommandFailure("nothing was deleted; answer y, or give --yes");
        }
    }

    private boolean answeredYes(String question) {
        command.commandLine().getErr().print(question + " [y/N] ");
        command.commandLine().getErr().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw new CommandFailure("cannot read the answer: " + e + "; give --yes", e);
        }
    }
}
