package io.kiln.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The guide's list of commands is what the commands say of themselves. {@code -Dkiln.docs.write} brings it up to date. */
class CommandDocumentationTest {
    private static final Path GUIDE = Path.of("docs", "commands.md");
    private static final String HEAD = "## Every command\n";

    /** Told once at the head of the guide. */
    private static final Set<String> SHARED =
            Set.of("--json", "--url", "--user", "--password-file", "--token-file", "--help", "--version");

    @Test
    void theGuideListsEveryCommandAsItDescribesItself() throws IOException {
        String guide = Files.readString(GUIDE);
        String commands = commands();
        if (System.getProperty("kiln.docs.write") != null) {
            Files.writeString(GUIDE, guide.substring(0, guide.indexOf(HEAD)) + commands);
        } else {
            assertThat(guide)
                    .as("docs/commands.md; run this test with -Dkiln.docs.write")
                    .endsWith(commands);
        }
    }

    private static String commands() {
        return HEAD
                + CommandTree.leaves().stream()
                        .map(CommandDocumentationTest::section)
                        .collect(Collectors.joining());
    }

    private static String section(CommandSpec command) {
        List<OptionSpec> options = command.options().stream()
                .filter(option -> !isShared(command, option))
                .toList();
        String synopsis = command.qualifiedName()
                + (options.isEmpty() ? "" : " [OPTIONS]")
                + command.positionalParameters().stream()
                        .filter(parameter -> !parameter.hidden())
                        .map(parameter -> " " + label(parameter))
                        .collect(Collectors.joining());
        return "\n### " + command.qualifiedName() + "\n\n    " + synopsis + "\n\n"
                + text(command.usageMessage().description())
                + "\n"
                + rows(command.positionalParameters().stream()
                        .filter(parameter -> !parameter.hidden())
                        .toList())
                + rows(options);
    }

    /** Users have passwords of their own to be set: there the option is not the one that signs in. */
    private static boolean isShared(CommandSpec command, OptionSpec option) {
        boolean isOwn = option.longestName().equals("--password-file")
                && !command.optionsMap().containsKey("--url");
        return SHARED.contains(option.longestName()) && !isOwn;
    }

    private static String rows(List<? extends ArgSpec> arguments) {
        String rows = arguments.stream()
                .map(argument -> "- `" + label(argument) + "` " + text(argument.description()) + "\n")
                .collect(Collectors.joining());
        return rows.isEmpty() ? "" : "\n" + rows;
    }

    private static String label(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
            return String.join(", ", option.names()) + value;
        }
        String label = argument.paramLabel() + (argument.isMultiValue() ? "..." : "");
        return argument.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private static String text(String... description) {
        return Ansi.OFF.string(String.join(" ", description));
    }
}
