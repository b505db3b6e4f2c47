package io.kiln.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.target.server.ServerTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private final ServerTarget server = new ServerTarget();

    @Test
    void aTargetIsFoundByItsName() {
        assertThat(new Targets(List.of(server)).get(TargetName.STANDARD)).isSameAs(server);
    }

    @Test
    void anUnknownTargetIsNamedWithThoseThatThereAre() {
        Targets targets = new Targets(List.of(server));

        assertThatThrownBy(() -> targets.get(new TargetName("moon")))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessage("there is no target 'moon'; known are [server]");
    }

    @Test
    void twoTargetsOfOneNameAreRefused() {
        assertThatThrownBy(() -> new Targets(List.of(server, new ServerTarget())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[server, server]");
    }
}
