package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that ends goes on by itself, from its slabs, and nothing in the result tells that it happened. */
@InLaboratory
class RecoveryIT {
    private final Laboratory laboratory;

    RecoveryIT(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    @Test
    void aRunKilledTwiceEndsByItselfWithTheSameBytes() throws Exception {
        ScanFolder scan = laboratory.scan("killed");
        String run = laboratory.startAndAwaitTheMiddle(scan);

        laboratory.kiln().killServer();
        laboratory.up();
        laboratory.awaitTheMiddleOfAttempt(run, 2);
        laboratory.kiln().killServer();
        laboratory.up();

        assertThat(laboratory.awaitWhole(run, scan).getInt("attempt")).isEqualTo(3);
        assertThat(scan.attempts())
                .as("killed attempts have left what they took their time for, once they had settled a slab")
                .extracting(attempt -> attempt.getInt("attempt"))
                .startsWith(1)
                .endsWith(3)
                .isSubsetOf(1, 2, 3);
        assertThat(scan.attempts())
                .allSatisfy(attempt -> assertThat(
                                attempt.getJsonArray("lanes").getJsonObject(0).getInt("units"))
                        .isPositive());
    }

    /** Several, for until a command has begun to work a run may have ended. */
    @Test
    void aBatchGoesOnByItselfAfterDownAndUp() throws Exception {
        List<ScanFolder> scans = List.of(laboratory.scan("down1"), laboratory.scan("down2"), laboratory.scan("down3"));
        Client client = laboratory.client();
        String batch = client.batch(
                "down and up",
                Laboratory.SLOW,
                scans.stream().map(ScanFolder::scan).toList());
        List<JsonObject> runs = client.runs(batch, Laboratory.full());
        laboratory.awaitTheMiddleOfAttempt(runs.get(0).getString("id"), 1);

        laboratory.kiln().launch("down");
        laboratory.up();

        List<Integer> attempts = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            JsonObject completed = laboratory.awaitWhole(runs.get(i).getString("id"), scans.get(i));
            attempts.add(completed.getInt("attempt"));
        }
        assertThat(attempts).contains(2).isSubsetOf(1, 2);
    }

    @Test
    void aRunGoesOnByItselfWhenTheApplicationIsDeployedAgain() throws Exception {
        ScanFolder scan = laboratory.scan("redeployed");
        String run = laboratory.startAndAwaitTheMiddle(scan);

        laboratory.kiln().manage(Operation.onDeployment("redeploy"));

        assertThat(laboratory.awaitWhole(run, scan).getInt("attempt")).isEqualTo(2);
    }
}
