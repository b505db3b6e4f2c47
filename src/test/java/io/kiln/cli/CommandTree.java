package io.kiln.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands of the command line. */
final class CommandTree {
    private CommandTree() {}

    /** Those that do something, that is have no commands below them, by name. */
    static List<CommandSpec> leaves() {
        List<CommandSpec> leaves = new ArrayList<>();
        collect(Main.commandLine(), leaves);
        return leaves;
    }

    /** Those that ask a server. */
    static List<CommandSpec> remote() {
        return leaves().stream()
                .filter(command -> command.optionsMap().containsKey("--url"))
                .toList();
    }

    private static void collect(CommandLine command, List<CommandSpec> leaves) {
        if (command.getSubcommands().isEmpty()) {
            leaves.add(command.getCommandSpec());
        }
        new TreeMap<>(command.getSubcommands()).values().forEach(one -> collect(one, leaves));
    }
}
