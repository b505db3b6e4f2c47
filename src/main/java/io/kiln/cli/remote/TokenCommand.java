package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import io.kiln.cli.home.PrivateFiles;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tokens. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Make, list and revoke tokens: what scripts sign in with, by --token-file or KILN_TOKEN_FILE.")
public final class TokenCommand {
    private static final String TOKENS = "/api/tokens";

    @Command(name = "list", description = "List your tokens, newest first; administrators see everybody's.")
    void list(@Mixin Remote remote, @Mixin PageOptions page) {
        remote.list(
                remote.client().get(TOKENS, page.query()), "id", "name", "owner", "role", "expiresAt", "lastUsedAt");
    }

    @Command(name = "create", description = "Make a token; its secret is shown this once, or written into a file.")
    void create(
            @Mixin Remote remote,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description =
                                    "What it may do: viewer, operator or admin, not above yours; yours without it.")
                    Role role,
            @Option(
                            names = "--days",
                            paramLabel = "DAYS",
                            description = "For how long it is good, 1 to 366; 90 without it.")
                    Integer days,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            description = "Write the secret into this file, readable by you alone, and do not show it.")
                    Path file,
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name)
            throws IOException {
        if (file != null && Files.exists(file)) {
            throw new CommandFailure(file + " is there already; name another file for the token");
        }
        JsonObjectBuilder wanted = Json.createObjectBuilder().add("name", name);
        if (role != null) {
            wanted.add("role", role.id());
        }
        if (days != null) {
            wanted.add("days", days);
        }
        remote.show(
                file == null
                        ? remote.client().post(TOKENS, wanted.build())
                        : createInto(file.toAbsolutePath(), remote, wanted.build()));
    }

    /** Without its secret, which is in the file. The token is made once something could be written there: a secret that is nowhere is of no use. */
    private static JsonObject createInto(Path file, Remote remote, JsonObject wanted) throws IOException {
        Path place = PrivateFiles.writeAside(file, "");
        try {
            JsonObject token = remote.client().post(TOKENS, wanted);
            PrivateFiles.write(file, token.getString("secret"));
            return Json.createObjectBuilder(token).remove("secret").build();
        } finally {
            Files.delete(place);
        }
    }

    @Command(name = "revoke", description = "Make a token worthless, from now on.")
    void revoke(
            @Mixin Remote remote, @Parameters(paramLabel = "TOKEN", description = "Id of the token.") String token) {
        remote.client().delete(TOKENS + "/" + KilnClient.encoded(token));
        remote.say("Revoked token " + token + ".");
    }
}
