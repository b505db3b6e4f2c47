package io.kiln.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * By what people can be told.
 *
 * @param mail the mail server; empty where no mail is sent
 * @param webhookHosts hosts that webhooks may be sent to, as {@code host} or {@code host:port}; none where it is empty
 * @param consoleUrl where people reach the console, for links; empty where messages have none
 */
public record NotificationSettings(Optional<Mail> mail, Set<String> webhookHosts, Optional<URI> consoleUrl) {
    public NotificationSettings {
        webhookHosts = Set.copyOf(webhookHosts);
    }

    /**
     * A mail server.
     *
     * @param from whom mails come from
     * @param user who signs in there; empty where nobody has to
     * @param passwordFile whose first line is the user's password
     */
    public record Mail(
            String host, int port, Security security, String from, Optional<String> user, Optional<Path> passwordFile) {
        private static final int LAST_PORT = 65535;

        public Mail {
            Settings.atLeast("KILN_SMTP_PORT", port, 1);
            if (port > LAST_PORT) {
                throw new IllegalArgumentException("KILN_SMTP_PORT is " + port + ", but must be at most " + LAST_PORT);
            }
            if (user.isPresent() != passwordFile.isPresent()) {
                throw new IllegalArgumentException(
                        "KILN_SMTP_USER and KILN_SMTP_PASSWORD_FILE go together: set both, or none");
            }
        }
    }

    /** How the connection to a mail server is protected. */
    public enum Security {
        NONE,

        /** In the clear until both agree on TLS, which is required. */
        STARTTLS,

        TLS
    }
}
