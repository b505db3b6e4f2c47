package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.SignedIn;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(ArquillianExtension.class)
class RolesIT {
    /** What the gate refuses with, and what would mean that the call itself is wrong or broken. */
    private static final List<Integer> NEVER_WHEN_ALLOWED = List.of(401, 403, 405, 406, 415, 500);

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void theTableHasEveryCallThatTheResourcesAnswer() {
        assertThat(ResourceMethods.all())
                .containsExactlyInAnyOrderElementsOf(
                        Endpoint.ALL.stream().map(Endpoint::toString).toList());
    }

    @Test
    void nobodyAnonymousGetsIn() {
        SoftAssertions softly = new SoftAssertions();
        for (Endpoint endpoint : Endpoint.ALL) {
            Answer answer = Calls.send(Calls.request(endpoint.method(), endpoint.ofNothing(), "{}"));
            softly.assertThat(answer.status()).describedAs(endpoint.toString()).isEqualTo(401);
            softly.assertThat(answer.body()).contains("/problems/not-signed-in");
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @EnumSource
    void aScriptMayDoWhatTheTableSaysOfItsRoleAndNothingElse(Role role) throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (Endpoint endpoint : Endpoint.ALL) {
            check(softly, role, endpoint, Calls.stream(Calls.as(role, request(endpoint))));
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @EnumSource
    void somebodyInABrowserMayDoWhatTheTableSaysOfTheirRoleAndNothingElse(Role role) throws Exception {
        HttpClient browser = SignedIn.client(role);
        SoftAssertions softly = new SoftAssertions();
        for (Endpoint endpoint : Endpoint.ALL) {
            HttpRequest request = request(endpoint)
                    .header("Origin", TestServer.base().toString())
                    .build();
            boolean signsOut = endpoint.toString().equals("DELETE /api/session");
            HttpClient asking = signsOut ? SignedIn.client(role) : browser;
            check(softly, role, endpoint, asking.send(request, BodyHandlers.ofInputStream()));
        }
        softly.assertAll();
    }

    private static HttpRequest.Builder request(Endpoint endpoint) {
        return Calls.request(endpoint.method(), endpoint.ofNothing(), "{}");
    }

    private static void check(SoftAssertions softly, Role role, Endpoint endpoint, HttpResponse<InputStream> answer)
            throws IOException {
        answer.body().close();
        boolean isAllowed = role.compareTo(endpoint.least()) >= 0;
        softly.assertThat(answer.statusCode())
                .describedAs(endpoint + " as " + role)
                .matches(status -> isAllowed ? !NEVER_WHEN_ALLOWED.contains(status) : status == 403);
    }

    @Test
    void aWrongPasswordIsAProblemAndNotTheSignInPage() {
        HttpRequest.Builder request =
                Calls.request("GET", "/api/batches", "").header("Authorization", "Basic YWRtaW46d3Jvbmc=");

        assertThat(Calls.send(request).problem(401, "not-signed-in").getString("detail"))
                .contains("password");
    }

    @Test
    void pagesOutsideOfRestAskPeopleToSignIn() {
        Answer page = Calls.send(Calls.request("GET", "/", ""));

        assertThat(page.body()).contains("j_security_check");
        assertThat(page.header("Content-Security-Policy").orElse("")).contains("default-src 'self'");
    }

    @Test
    void healthIsForEverybodyAndMetricsAreForViewers() {
        assertThat(checks("/health")).contains("database", "dispatcher");
        assertThat(checks("/health/ready")).contains("database", "dispatcher");
        assertThat(checks("/health/live")).isEmpty();
        assertThat(Calls.send(Calls.request("GET", "/health/nothing", "")).status())
                .isEqualTo(404);
        assertThat(Calls.send(Calls.request("GET", "/metrics", "")).status()).isEqualTo(401);
        assertThat(Calls.get(Role.VIEWER, "/metrics").body()).contains("kiln_runs{");
    }

    private static List<String> checks(String path) {
        Answer answer = Calls.send(Calls.request("GET", path, ""));
        assertThat(answer.header("Content-Type")).contains("application/json;charset=UTF-8");
        assertThat(answer.json().getString("status")).isEqualTo("UP");
        return answer.json().getJsonArray("checks").getValuesAs((JsonObject check) -> check.getString("name"));
    }

    @Test
    void openApiDescribesExactlyTheCallsOfTheTable() {
        assertThat(OpenApi.ofServer().operations().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Endpoint.ALL.stream().map(Endpoint::toString).toList());
    }
}
