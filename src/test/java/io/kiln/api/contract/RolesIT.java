package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.security.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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

    @Test
    void everyRoleMayDoWhatTheTableSaysAndNothingElse() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (Endpoint endpoint : Endpoint.ALL) {
            for (Role role : Role.values()) {
                int status = status(Calls.as(role, Calls.request(endpoint.method(), endpoint.ofNothing(), "{}")));
                if (role.compareTo(endpoint.least()) < 0) {
                    softly.assertThat(status)
                            .describedAs(endpoint + " as " + role)
                            .isEqualTo(403);
                } else {
                    softly.assertThat(status)
                            .describedAs(endpoint + " as " + role)
                            .isNotIn(NEVER_WHEN_ALLOWED);
                }
            }
        }
        softly.assertAll();
    }

    private static int status(HttpRequest.Builder request) throws IOException {
        HttpResponse<InputStream> answer = Calls.stream(request);
        answer.body().close();
        return answer.statusCode();
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
        assertThat(Calls.send(Calls.request("GET", "/health", "")).json().getString("status"))
                .isEqualTo("UP");
        assertThat(Calls.send(Calls.request("GET", "/metrics", "")).status()).isEqualTo(401);
        assertThat(Calls.get(Role.VIEWER, "/metrics").body()).contains("kiln_runs{");
    }

    @Test
    void openApiDescribesExactlyTheCallsOfTheTable() {
        assertThat(OpenApi.operations().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Endpoint.ALL.stream().map(Endpoint::toString).toList());
    }
}
