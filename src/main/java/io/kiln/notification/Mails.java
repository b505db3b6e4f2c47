package io.kiln.notification;

import io.kiln.settings.NotificationSettings;
import io.kiln.settings.NotificationSettings.Mail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Properties;
import java.util.stream.Stream;

/** Sends messages by mail. */
@ApplicationScoped
class Mails {
    private static final String MILLIS = "10000";

    private final NotificationSettings settings;
    private final Addresses addresses;

    /** For the container's proxy only. */
    protected Mails() {
        this(null, null);
    }

    @Inject
    Mails(NotificationSettings settings, Addresses addresses) {
        this.settings = settings;
        this.addresses = addresses;
    }

    /**
     * Sends one; what became of it.
     *
     * @throws IOException when the mail server did not take it
     * @throws io.kiln.pipeline.InputRejectedException when no mail is sent any more
     */
    String send(Message message) throws IOException {
        InternetAddress to = addresses.mail(message.address());
        Mail server = settings.mail().orElseThrow();
        Session session = Session.getInstance(properties(server));
        try (Transport transport = session.getTransport()) {
            MimeMessage mail = new MimeMessage(session);
            mail.setFrom(new InternetAddress(server.from()));
            mail.setRecipient(jakarta.mail.Message.RecipientType.TO, to);
            mail.setSubject(message.subject().replaceAll("\\p{Cntrl}", " "), "UTF-8");
            mail.setText(text(message), "UTF-8");
            mail.setSentDate(new Date());
            mail.setHeader("Auto-Submitted", "auto-generated");
            if (server.user().isPresent()) {
                transport.connect(server.user().get(), password(server));
            } else {
                transport.connect();
            }
            mail.saveChanges();
            transport.sendMessage(mail, mail.getAllRecipients());
            return "the mail server " + server.host() + " has taken it";
        } catch (MessagingException e) {
            throw new IOException("the mail server " + server.host() + " has not taken it: " + e.getMessage(), e);
        }
    }

    private static Properties properties(Mail server) {
        String protocol = server.security() == NotificationSettings.Security.TLS ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "host", server.host());
        properties.setProperty(prefix + "port", Integer.toString(server.port()));
        properties.setProperty(prefix + "connectiontimeout", MILLIS);
        properties.setProperty(prefix + "timeout", MILLIS);
        properties.setProperty(prefix + "writetimeout", MILLIS);
        properties.setProperty(prefix + "auth", Boolean.toString(server.user().isPresent()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        boolean upgrades = server.security() == NotificationSettings.Security.STARTTLS;
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(upgrades));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(upgrades));
        return properties;
    }

    private static String password(Mail server) throws IOException {
        Path file = server.passwordFile().orElseThrow();
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException | UncheckedIOException e) {
            throw new IOException("KILN_SMTP_PASSWORD_FILE is " + file + ", which cannot be read: " + e, e);
        }
    }

    private String text(Message message) {
        JsonObject content = message.content();
        StringBuilder text = new StringBuilder(content.getString("text")).append(".\n\n");
        text.append(content.getString("status")).append('\n');
        if (content.containsKey("reason")) {
            text.append('\n').append(content.getString("reason")).append('\n');
        }
        settings.consoleUrl().ifPresent(console -> {
            String base = console.toString().replaceAll("/+$", "");
            text.append('\n')
                    .append(base)
                    .append("/batches/")
                    .append(content.getString("batch"))
                    .append('\n');
            if (content.containsKey("run")) {
                text.append(base)
                        .append("/runs/")
                        .append(content.getString("run"))
                        .append('\n');
            }
        });
        return text.append("\nKiln sends this to you as ")
                .append(message.owner())
                .append(" has asked for it; the console's screen Notifications ends it.\n")
                .toString();
    }
}
