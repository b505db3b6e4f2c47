package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentSecurityPolicyTest {
    @Test
    void namesTheHashesOfImportMapsAndOfNothingElse() {
        String policy = ContentSecurityPolicy.of(
                "<script type=\"importmap\">alert('Hello, world.');</script><script>alert('no')</script>");

        // the example of the W3C's recommendation
        assertThat(policy)
                .contains("script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';")
                .doesNotContain("unsafe-inline");
        assertThat(policy.split("sha256", -1)).hasSize(2);
    }
}
