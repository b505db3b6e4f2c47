package io.kiln.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Callable;
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

        assertThat(out.toString())
                .contains(kiln.getSubcommands().keySet())
                .contains("Exit status:", "4", "not ready (kiln status)");
    }

    @Test
    void noHelpHasFormatCharacters() {
        assertThat(CommandTree.leaves())
                .allSatisfy(command -> assertThat(command.usageMessage().description())
                        .as(command.qualifiedName())
                        .noneMatch(line -> line.contains("%n")));
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
        assertWrong("--simulate-gpus is -3, but must be from 0 to 64", "up", "--simulate-gpus", "-3");
        assertWrong("--simulate-gpus is 65, but must be from 0 to 64", "up", "--simulate-gpus", "65");
        assertWrong("--timeout is -5, but must be from 0 to", "down", "--timeout", "-5");
        assertWrong("--lines is -5, but must be from 0 to", "logs", "-n", "-5");
    }

    @Test
    void aFileThatIsNotThereIsNamedInASentence() {
        assertFailed(new NoSuchFileException("/nope/x.zip.123.part"), "There is no /nope, or it cannot be made.");
        assertFailed(new UncheckedIOException(new NoSuchFileException("/nope")), "There is no /nope");
        assertFailed(new AccessDeniedException("/etc/passwd"), "No access to /etc/passwd");
        assertFailed(new AccessDeniedException("/etc/new.123.part"), "No access to /etc:");
        assertFailed(new FileAlreadyExistsException("/etc"), "/etc is there already");
        assertFailed(new FileSystemException("/a", null, "Read-only file system"), "/a: Read-only file system");
        assertFailed(new FileNotFoundException("/etc (Is a directory)"), "/etc (Is a directory)");
    }

    @Test
    void aDemonstrationLooksAtItsScanFirst() {
        StringWriter err = new StringWriter();

        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute("demo", "/etc/passwd"))
                .isEqualTo(1);

        assertThat(err.toString())
                .startsWith("kiln: /etc/passwd")
                .contains("HDF5")
                .hasLineCount(1);
    }

    /** Only who develops Kiln can do something about it. */
    @Test
    void whatNobodyExpectedIsShownWhole() {
        assertThat(failing(new IOException("what"))).contains("java.io.IOException: what", "at io.kiln");
    }

    private static void assertFailed(Exception failure, String sentence) {
        assertThat(failing(failure)).startsWith("kiln: ").contains(sentence).hasLineCount(1);
    }

    private static String failing(Exception failure) {
        StringWriter err = new StringWriter();
        Callable<Integer> command = () -> {
            throw failure;
        };
        CommandLine kiln = new CommandLine(CommandSpec.wrapWithoutInspection(command)).setErr(new PrintWriter(err));

        assertThat(Main.explaining(kiln).execute()).isEqualTo(1);

        return err.toString();
    }

    private static void assertWrong(String message, String... arguments) {
        StringWriter err = new StringWriter();
        int status = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
