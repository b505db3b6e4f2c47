package io.kiln.integration;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A job that is no pipeline and waits until it is stopped. */
public final class WaitingJob {
    public static final String NAME = "waiting";

    private static final String DEFINITION = """
            <job id="waiting" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
              <step id="wait"><batchlet ref="io.kiln.integration.WaitingBatchlet"/></step>
            </job>
            """;

    private static WebArchive deployment;

    private WaitingJob() {}

    /** Returns the WAR with the job in it. All get the same object, so that it need not be deployed for each class. */
    public static synchronized WebArchive deployment() {
        if (deployment == null) {
            deployment = KilnDeployment.with(WaitingBatchlet.class)
                    .addAsResource(new StringAsset(DEFINITION), "META-INF/batch-jobs/" + NAME + ".xml");
        }
        return deployment;
    }
}
