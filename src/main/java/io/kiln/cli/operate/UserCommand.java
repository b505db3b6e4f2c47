package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.PrivateFiles;
import io.kiln.cli.user.UserAudit;
import io.kiln.security.Role;
import io.kiln.security.user.Users;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds, changes, lists and removes those who may sign in. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Manage who may sign in. The server sees changes at once.")
public final class UserCommand implements Runnable {
    private static final String ROLES = "viewer, operator or admin; each includes those before it.";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which? kiln user list, add, role, password or remove");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List users and roles.")
    int list(@Option(names = "--json", description = "Print them as one line of JSON.") boolean json)
            throws IOException {
        Map<String, Role> users = users().list();
        if (json) {
            JsonArrayBuilder items = Json.createArrayBuilder();
            users.forEach((name, role) ->
                    items.add(Json.createObjectBuilder().add("name", name).add("role", role.id())));
            say(Json.createObjectBuilder().add("items", items).build().toString());
        } else {
            users.forEach((name, role) -> say(name + "  " + role));
        }
        return 0;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Add a user.")
    int add(
            @Parameters(paramLabel = "NAME", description = "The user.") String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLES) Role role,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "File whose first line is the password; asked for when absent.")
                    Path file)
            throws IOException {
        users().add(name, role, password(file));
        audit().note("add user", name, role);
        say("Added " + name + ", " + role + ".");
        return 0;
    }

    @Command(name = "role", mixinStandardHelpOptions = true, description = "Change a user's role.")
    int role(
            @Parameters(paramLabel = "NAME", description = "The user.") String name,
            @Parameters(paramLabel = "ROLE", description = ROLES) Role role)
            throws IOException {
        users().setRole(name, role);
        audit().note("change role", name, role);
        say(name + " is " + role + " now.");
        return 0;
    }

    @Command(name = "password", mixinStandardHelpOptions = true, description = "Change a user's password.")
    int password(
            @Parameters(paramLabel = "NAME", description = "The user.") String name,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "File whose first line is the password; asked for when absent.")
                    Path file)
            throws IOException {
        users().setPassword(name, password(file));
        audit().note("change password", name);
        say("Changed the password of " + name + ".");
        return 0;
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove a user.")
    int remove(@Parameters(paramLabel = "NAME", description = "The user.") String name) throws IOException {
        users().remove(name);
        audit().note("remove user", name);
        say("Removed " + name + ".");
        return 0;
    }

    private static UserAudit audit() {
        return new UserAudit(LocalKiln.current().home());
    }

    private static Users users() throws IOException {
        Path folder = LocalKiln.current().home().users();
        PrivateFiles.folder(folder);
        return new Users(folder);
    }

    /** Reads a password from a file or the terminal: on the command line every user of the machine could read it. */
    private static String password(Path file) throws IOException {
        if (file != null && Files.isDirectory(file)) {
            throw new CommandFailure(file + " is a folder: name the file whose first line is the password.");
        }
        if (file != null) {
            return Files.readAllLines(file).stream().findFirst().orElse("").strip();
        }
        Console console = System.console();
        if (console == null) {
            throw new CommandFailure("There is no terminal to ask for the password: use --password-file FILE.");
        }
        char[] password = console.readPassword("Password: ");
        char[] again = console.readPassword("Again: ");
        if (!Arrays.equals(password, again)) {
            throw new CommandFailure("The two passwords differ.");
        }
        return new String(password);
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
    }
}
