package io.kiln.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What every command says of itself, and how wrong calls end. */
class CommandTest {
    @Test
    void everyCommandOptionAndParameterIsDescribed() {
        SoftAssertions softly = new SoftAssertions();
        for (CommandSpec command : CommandTree.leaves()) {
            softly.assertThat(command.usageMessage().description())
                    .as(command.qualifiedName())
                    .isNotEmpty();
            Stream.<ArgSpec>concat(command.options().stream(), command.positionalParameters().stream())
                    .forEach(argument -> {
                        softly.assertThat(argument.description())
                                .as(command.qualifiedName() + " " + argument)
                                .isNotEmpty();
                        if (argument.arity().max() > 0) {
                            softly.assertThat(argument.paramLabel())
                                    .as("label of %s %s", command.qualifiedName(), argument)
                                    .doesNotContain("<arg");
                        }
                    });
        }
        softly.assertAll();
    }

    @Test
    void everyCommandHasHelpAndThoseThatAskAServerSpeakJson() {
        assertThat(CommandTree.leaves())
                .allSatisfy(command -> assertThat(command.name().equals("help")
                                || command.optionsMap().containsKey("--help"))
                        .as(command.qualifiedName())
                        .isTrue());
        assertThat(CommandTree.remote())
                .hasSizeGreaterThan(40)
                .allSatisfy(command -> assertThat(command.optionsMap()).containsKey("--json"));
    }

    @Test
    void helpNamesEveryCommandAndTheExitStatus() {
        StringWriter out = new StringWriter();
        CommandLine kiln = Main.commandLine().setOut(new PrintWriter(out));

        assertThat(kiln.execute("--help")).isZero();

        assertThat(out.toString()).contains(kiln.getSubcommands().keySet()).contains("Exit status:");
    }

    /** A call describes no other commands than the one that it names. */
    @Test
    void eachCommandAloneSaysWhatItSaysAmongAll() {
        Map<String, CommandLine> all = Main.commandLine().getSubcommands();
        assertThat(all).hasSizeGreaterThan(20);
        all.forEach((name, command) -> {
            CommandLine named = KilnCommand.namedBy(name, "--help");
            if (!name.equals("help")) {
                assertThat(named.getSubcommands()).containsOnlyKeys(name);
            }
            assertThat(named.getSubcommands().get(name).getUsageMessage()).isEqualTo(command.getUsageMessage());
        });
        for (String[] notNamed : new String[][] {{}, {"--help"}, {"help", "run"}, {"rum"}}) {
            assertThat(KilnCommand.namedBy(notNamed).getSubcommands()).containsOnlyKeys(all.keySet());
        }
    }

    @Test
    void aWrongCallSaysWhatIsWrong() {
        assertWrong("Unknown options: '--colour', 'red'", "run", "list", "--colour", "red");
        assertWrong("Missing required parameter: 'RUN'", "run", "stop");
        assertWrong("Missing required subcommand", "item");
        assertWrong("POSITION", "item", "move", "batch", "item", "first");
        assertWrong("Which command?");
    }

    private static void assertWrong(String message, String... arguments) {
        StringWriter err = new StringWriter();
        int status = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
