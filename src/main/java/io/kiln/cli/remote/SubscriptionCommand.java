package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Subscriptions and notifications. */
@Command(
        name = "subscription",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Be told by mail or webhook when a batch ends, first fails or stalls.")
public final class SubscriptionCommand {
    private static final String SUBSCRIPTIONS = "/api/subscriptions";

    /** Where to. */
    static final class Address {
        @Option(names = "--mail", required = true, paramLabel = "ADDRESS", description = "Tell by mail.")
        private String mail;

        @Option(
                names = "--webhook",
                required = true,
                paramLabel = "URL",
                description = "Tell by a POST of JSON to a URL on an allowed host.")
        private String webhook;
    }

    @Command(name = "list", description = "List your subscriptions, newest first; administrators see everybody's.")
    void list(@Mixin Remote remote, @Mixin PageOptions page) {
        remote.list(
                remote.client().get(SUBSCRIPTIONS, page.query()),
                "id",
                "owner",
                "batch",
                "occasions",
                "channel",
                "address");
    }

    @Command(name = "add", description = "Ask to be told; the secret that webhooks are signed with is shown this once.")
    void add(
            @Mixin Remote remote,
            @ArgGroup(multiplicity = "1") Address address,
            @Option(
                            names = "--batch",
                            paramLabel = "BATCH",
                            description = "Of this batch; of every batch that you make without it.")
                    String batch,
            @Option(
                            names = "--on",
                            split = ",",
                            paramLabel = "OCCASION",
                            description =
                                    "batch-ended, first-failure and stalled, separated by commas; all without it.")
                    List<String> occasions) {
        JsonArrayBuilder wanted = Json.createArrayBuilder();
        List<String> names = occasions == null ? List.of("batch-ended", "first-failure", "stalled") : occasions;
        names.forEach(name -> wanted.add(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        JsonObjectBuilder subscription = Json.createObjectBuilder()
                .add("occasions", wanted)
                .add("channel", address.mail == null ? "WEBHOOK" : "MAIL")
                .add("address", address.mail == null ? address.webhook : address.mail);
        new Members(subscription).add("batch", batch);
        JsonObject made = remote.client().post(SUBSCRIPTIONS, subscription.build());
        remote.show(made);
    }

    @Command(name = "remove", description = "End a subscription.")
    void remove(
            @Mixin Remote remote,
            @Parameters(paramLabel = "SUBSCRIPTION", description = "Id of the subscription.") String subscription) {
        remote.client().delete(SUBSCRIPTIONS + "/" + KilnClient.encoded(subscription));
        remote.say("Ended subscription " + subscription + ".");
    }

    @Command(name = "channels", description = "Say by what the server can tell people.")
    void channels(@Mixin Remote remote) {
        remote.show(remote.client().get(SUBSCRIPTIONS + "/channels"));
    }

    @Command(name = "sent", description = "List what you were told and will be told, newest first.")
    void sent(@Mixin Remote remote, @Mixin PageOptions page) {
        remote.list(
                remote.client().get("/api/notifications", page.query()),
                "id",
                "subject",
                "state",
                "attempts",
                "outcome",
                "createdAt");
    }
}
