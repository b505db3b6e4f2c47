package io.kiln.notification;

/** How somebody is told. */
public enum Channel {
    /** By mail to an address. */
    MAIL,

    /** By a POST of JSON to a URL. */
    WEBHOOK
}
