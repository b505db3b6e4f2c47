package io.kiln.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What pages may load and run: files of this server alone, and the import maps of the page, by their hashes. */
final class ContentSecurityPolicy {
    /** The page's import map is its first group. */
    static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private ContentSecurityPolicy() {}

    /** @param page the console's page as browsers get it */
    static String of(String page) {
        String hashes = IMPORT_MAP
                .matcher(page)
                .results()
                .map(map -> " 'sha256-" + hash(map.group(1)) + "'")
                .collect(Collectors.joining());
        return "default-src 'self'; script-src 'self'" + hashes
                + "; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
