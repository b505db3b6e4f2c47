package io.kiln.integration;

import io.kiln.security.Role;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Sessions, as browsers have them: a password with each of many requests would cost a tenth of a second each. */
public final class SignedIn {
    private SignedIn() {}

    /** A client in which the user of the role has signed in by the form. */
    public static HttpClient client(Role role) throws IOException, InterruptedException {
        return client(role, new CookieManager());
    }

    /** What tells a session of the role's user to the server. */
    public static HttpCookie session(Role role) throws IOException, InterruptedException {
        CookieManager cookies = new CookieManager();
        client(role, cookies);
        return cookies.getCookieStore().getCookies().get(0);
    }

    private static HttpClient client(Role role, CookieManager cookies) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .build();
        http.send(HttpRequest.newBuilder(TestServer.address()).build(), BodyHandlers.discarding());
        String form = "j_username=" + TestServer.user(role) + "&j_password=" + TestServer.password(role);
        http.send(
                HttpRequest.newBuilder(TestServer.address().resolve("j_security_check"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.discarding());
        return http;
    }
}
