package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.security.user.Users;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users and tokens: who may sign in by what, and from when on no more. */
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class AccountsIT {
    private static final String PASSWORD = "correct horse";

    private String name;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void addAUser() {
        name = "olga-" + UUID.randomUUID();
        admin("POST", "/api/users", user(name, "operator", PASSWORD)).created();
    }

    @AfterEach
    void removeTheUser() throws IOException {
        Users users = new Users(TestServer.home().resolve("users"));
        if (users.find(name).isPresent()) {
            users.remove(name);
        }
    }

    @Test
    void usersAreAddedListedChangedAndRemoved() {
        assertThat(admin("GET", "/api/users", "").json().getJsonArray("items").getValuesAs(JsonObject.class))
                .anyMatch(user -> user.getString("name").equals(name)
                        && user.getString("role").equals("operator"));
        assertThat(session(PASSWORD).getString("user")).isEqualTo(name);

        assertThat(admin("PATCH", "/api/users/" + name, "{\"role\": \"viewer\"}")
                        .json()
                        .getString("role"))
                .isEqualTo("viewer");
        assertThat(session(PASSWORD).getJsonArray("roles")).hasSize(1);
        admin("PATCH", "/api/users/" + name, "{\"password\": \"battery staple\"}");
        assertThat(basic("GET", "/api/session", "", PASSWORD).status()).isEqualTo(401);
        assertThat(session("battery staple").getString("user")).isEqualTo(name);

        assertThat(admin("DELETE", "/api/users/" + name, "").status()).isEqualTo(204);
        assertThat(basic("GET", "/api/session", "", "battery staple").status()).isEqualTo(401);
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() {
        assertThat(detail(admin("POST", "/api/users", user(name, "viewer", PASSWORD)), 409, "wrong-state"))
                .contains("there already");
        assertThat(detail(admin("POST", "/api/users", user("eve", "king", PASSWORD)), 400, "invalid-request"))
                .contains("viewer, operator, admin");
        assertThat(detail(admin("POST", "/api/users", user("eve", "viewer", "short")), 400, "invalid-request"))
                .contains("at least 8");
        assertThat(detail(admin("POST", "/api/users", user("eve", "viewer", "x".repeat(73))), 400, "invalid-request"))
                .contains("at most 72");
        assertThat(detail(
                        basic("POST", "/api/session/password", password(PASSWORD, "x".repeat(73)), PASSWORD),
                        400,
                        "invalid-request"))
                .contains("at most 72");
        admin("DELETE", "/api/users/nobody", "").problem(404, "not-found");
        assertThat(detail(admin("DELETE", "/api/users/admin", ""), 409, "wrong-state"))
                .contains("last administrator");
        assertThat(detail(admin("PATCH", "/api/users/admin", "{\"role\": \"viewer\"}"), 409, "wrong-state"))
                .contains("last administrator");
    }

    @Test
    void everybodyChangesTheirOwnPasswordIfTheyKnowIt() {
        assertThat(detail(
                        basic("POST", "/api/session/password", password("wrong horse", "battery staple"), PASSWORD),
                        400,
                        "invalid-request"))
                .contains("present password");
        assertThat(basic("POST", "/api/session/password", password(PASSWORD, "battery staple"), PASSWORD)
                        .status())
                .isEqualTo(204);

        assertThat(session("battery staple").getString("user")).isEqualTo(name);
    }

    @Test
    void changesOfUsersAreInTheAuditAndPasswordsAreNot() {
        admin("PATCH", "/api/users/" + name, "{\"password\": \"battery staple\", \"role\": \"viewer\"}");

        String audit = admin("GET", "/api/audit?limit=50", "").body();
        assertThat(audit).contains("\"change password\"", "\"change role\"", "\"add user\"", name);
        assertThat(audit).doesNotContain("battery staple", PASSWORD);
    }

    @Test
    void aSessionEndsWhenItsUserIsChanged() throws IOException, InterruptedException {
        HttpClient browser = signIn();
        assertThat(get(browser, "/api/session").statusCode()).isEqualTo(200);

        admin("PATCH", "/api/users/" + name, "{\"role\": \"viewer\"}");

        assertThat(get(browser, "/api/session").statusCode()).isEqualTo(401);
        assertThat(get(signIn(), "/api/session").body()).contains("viewer").doesNotContain("operator");
    }

    @Test
    void aSessionEndsWhenItsUserIsRemoved() throws IOException, InterruptedException {
        HttpClient browser = signIn();

        admin("DELETE", "/api/users/" + name, "");

        assertThat(get(browser, "/api/batches").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenIsGoodForItsOwnersRequestsUntilItIsRevoked() {
        JsonObject token = token("{\"name\": \"nightly\", \"days\": 3}");
        String secret = token.getString("secret");
        assertThat(secret).startsWith("kiln_").hasSizeGreaterThan(40);
        Instant expires = Instant.parse(token.getString("expiresAt"));
        assertThat(expires)
                .isBetween(
                        Instant.now().plus(71, ChronoUnit.HOURS), Instant.now().plus(73, ChronoUnit.HOURS));
        assertThat(token.isNull("lastUsedAt")).isTrue();

        JsonObject batch = bearing("POST", "/api/batches", "{\"name\": \"by a script\"}", secret)
                .created();
        assertThat(batch.getString("createdBy")).isEqualTo(name);
        assertThat(bearing("GET", "/metrics", "", secret).body()).contains("kiln_runs{");

        JsonObject listed = basic("GET", "/api/tokens", "", PASSWORD)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(listed.isNull("secret")).isTrue();
        assertThat(Instant.parse(listed.getString("lastUsedAt")))
                .isAfter(Instant.now().minusSeconds(60));

        assertThat(basic("DELETE", "/api/tokens/" + token.getString("id"), "", PASSWORD)
                        .status())
                .isEqualTo(204);
        bearing("GET", "/api/batches", "", secret).problem(401, "not-signed-in");
    }

    @Test
    void aTokenMayDoNoMoreThanItsRoleAndItsOwner() {
        String viewing = token("{\"name\": \"look\", \"role\": \"viewer\"}").getString("secret");
        String operating = token("{\"name\": \"work\"}").getString("secret");
        assertThat(bearing("GET", "/api/batches", "", viewing).status()).isEqualTo(200);
        bearing("POST", "/api/batches", "{\"name\": \"x\"}", viewing).problem(403, "not-allowed");
        assertThat(detail(
                        basic("POST", "/api/tokens", "{\"name\": \"up\", \"role\": \"admin\"}", PASSWORD),
                        400,
                        "invalid-request"))
                .contains("above your own");

        admin("PATCH", "/api/users/" + name, "{\"role\": \"viewer\"}");

        bearing("POST", "/api/batches", "{\"name\": \"x\"}", operating).problem(403, "not-allowed");
    }

    @Test
    void aTokenThatHasExpiredIsWorthNothing() throws SQLException {
        JsonObject token = token("{\"name\": \"old\"}");
        try (Connection database = TestServer.connect();
                Statement statement = database.createStatement()) {
            statement.executeUpdate(
                    "update token set expires_at = clock_timestamp() where id = '" + token.getString("id") + "'");
        }

        bearing("GET", "/api/batches", "", token.getString("secret")).problem(401, "not-signed-in");
    }

    @Test
    void aTokenOfAnEarlierUserOfTheSameNameIsWorthNothing() {
        String secret = token("{\"name\": \"old\"}").getString("secret");
        admin("DELETE", "/api/users/" + name, "");
        bearing("GET", "/api/batches", "", secret).problem(401, "not-signed-in");

        admin("POST", "/api/users", user(name, "operator", PASSWORD)).created();

        bearing("GET", "/api/batches", "", secret).problem(401, "not-signed-in");
    }

    @Test
    void aTokenManagesNeitherUsersNorTokens() {
        String secret = Calls.call(Role.ADMIN, "POST", "/api/tokens", "{\"name\": \"strong\"}")
                .created()
                .getString("secret");

        assertThat(bearing("GET", "/api/users", "", secret).status()).isEqualTo(200);
        bearing("POST", "/api/users", user("eve", "admin", PASSWORD), secret).problem(403, "not-allowed");
        bearing("POST", "/api/tokens", "{\"name\": \"more\"}", secret).problem(403, "not-allowed");
        bearing("POST", "/api/session/password", password(PASSWORD, "battery staple"), secret)
                .problem(403, "not-allowed");
    }

    @Test
    void tokensAreTheirOwnersAndAdministrators() {
        String id = token("{\"name\": \"mine\"}").getString("id");

        Calls.call(Role.OPERATOR, "DELETE", "/api/tokens/" + id, "").problem(403, "not-yours");
        assertThat(Calls.get(Role.OPERATOR, "/api/tokens?limit=500").body()).doesNotContain(id);
        assertThat(admin("GET", "/api/tokens?limit=500", "").body()).contains(id);
        assertThat(admin("DELETE", "/api/tokens/" + id, "").status()).isEqualTo(204);
    }

    @Test
    void whatIsNoTokenIsRefusedEvenWithASession() throws IOException, InterruptedException {
        HttpClient browser = signIn();
        HttpRequest request = Calls.request("GET", "/api/batches", "")
                .header("Authorization", "Bearer kiln_nothing")
                .build();

        assertThat(browser.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    private JsonObject token(String wanted) {
        return basic("POST", "/api/tokens", wanted, PASSWORD).created();
    }

    private JsonObject session(String password) {
        return basic("GET", "/api/session", "", password).json();
    }

    private static Answer admin(String method, String path, String body) {
        return Calls.call(Role.ADMIN, method, path, body);
    }

    private Answer basic(String method, String path, String body, String password) {
        byte[] credentials = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Calls.send(Calls.request(method, path, body)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)));
    }

    private static Answer bearing(String method, String path, String body, String secret) {
        return Calls.send(Calls.request(method, path, body).header("Authorization", "Bearer " + secret));
    }

    private static String detail(Answer answer, int status, String type) {
        return answer.problem(status, type).getString("detail");
    }

    private static String user(String name, String role, String password) {
        return "{\"name\": \"" + name + "\", \"role\": \"" + role + "\", \"password\": \"" + password + "\"}";
    }

    private static String password(String present, String wanted) {
        return "{\"present\": \"" + present + "\", \"password\": \"" + wanted + "\"}";
    }

    /** As browsers do: by the form, with a session from then on. */
    private HttpClient signIn() throws IOException, InterruptedException {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        get(browser, "/overview");
        HttpRequest form = HttpRequest.newBuilder(TestServer.address().resolve("/j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("j_username=" + name + "&j_password=" + PASSWORD.replace(' ', '+')))
                .build();
        browser.send(form, BodyHandlers.ofString());
        return browser;
    }

    private static HttpResponse<String> get(HttpClient browser, String path) throws IOException, InterruptedException {
        return browser.send(Calls.request("GET", path, "").build(), BodyHandlers.ofString());
    }
}
