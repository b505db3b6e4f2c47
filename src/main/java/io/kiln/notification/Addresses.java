package io.kiln.notification;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.settings.NotificationSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Where messages may go: to one mail address, or to hosts that an administrator has allowed; a server would otherwise be sent to places that only it reaches. */
@ApplicationScoped
public class Addresses {
    private static final int LONGEST = 500;
    private static final int LARGEST_PORT = 65535;

    private final NotificationSettings settings;

    /** For the container's proxy only. */
    protected Addresses() {
        this(null);
    }

    @Inject
    public Addresses(NotificationSettings settings) {
        this.settings = settings;
    }

    public boolean sendsMail() {
        return settings.mail().isPresent();
    }

    public Set<String> webhookHosts() {
        return settings.webhookHosts();
    }

    /** @throws InputRejectedException when nothing can be sent there */
    public void require(Channel channel, String address) {
        if (address.length() > LONGEST) {
            throw new InputRejectedException("the address is longer than " + LONGEST + " characters");
        }
        if (channel == Channel.MAIL) {
            mail(address);
        } else {
            webhook(address);
        }
    }

    /** @throws InputRejectedException when it is no mail address, or no mail is sent */
    InternetAddress mail(String address) {
        if (!sendsMail()) {
            throw new InputRejectedException("this server sends no mail; an administrator sets KILN_SMTP_HOST");
        }
        try {
            InternetAddress parsed = new InternetAddress(address, true);
            if (parsed.isGroup() || !address.contains("@")) {
                throw new AddressException("one address with an @ is needed", address);
            }
            return parsed;
        } catch (AddressException e) {
            throw new InputRejectedException("'" + address + "' is no mail address: " + e.getMessage(), e);
        }
    }

    /** @throws InputRejectedException when it is no URL, or of a host that is not allowed */
    URI webhook(String address) {
        URI url;
        try {
            url = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new InputRejectedException("'" + address + "' is no URL: " + e.getMessage(), e);
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || url.getHost() == null || url.getUserInfo() != null) {
            throw new InputRejectedException(
                    "'" + address + "' must be an http or https URL with a host and without user and password");
        }
        if (url.getPort() == 0 || url.getPort() > LARGEST_PORT) {
            throw new InputRejectedException(
                    "'" + address + "' names port " + url.getPort() + ", but it must be from 1 to " + LARGEST_PORT);
        }
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (!settings.webhookHosts().contains(host) && !settings.webhookHosts().contains(host + ":" + url.getPort())) {
            throw new InputRejectedException("webhooks may not be sent to " + host + "; allowed are "
                    + settings.webhookHosts() + ". An administrator allows hosts by KILN_WEBHOOK_HOSTS");
        }
        return url;
    }
}
