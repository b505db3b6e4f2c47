package io.kiln.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wildfly.core.launcher.StandaloneCommandBuilder;
import org.wildfly.plugin.tools.UndeployDescription;
import org.wildfly.plugin.tools.server.Configuration;
import org.wildfly.plugin.tools.server.ServerManager;
import org.wildfly.plugin.tools.server.StandaloneManager;

/** The server that tests are deployed to, one for all test classes of a JVM: Arquillian would start one for each of them. */
final class TestWildFly {
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx1g",
            "-XX:MaxDirectMemorySize=1g",
            "-Djava.net.preferIPv4Stack=true",
            "-ea",
            "-Dkiln.cpu.devices=4",
            "-Dkiln.cpu.threads=4");
    /** On a machine that many share; it takes ten when nothing else runs. */
    private static final int START_SECONDS = 600;

    private static StandaloneManager running;

    private TestWildFly() {}

    /** Starts it before the first test that is deployed. */
    static synchronized void start() {
        if (running == null) {
            running = start(Path.of(System.getProperty("kiln.it.server")), Path.of(System.getProperty("kiln.it.base")));
        }
    }

    private static StandaloneManager start(Path wildfly, Path base) {
        try {
            TestEnvironment.delete(base);
            copy(wildfly.resolve("standalone/configuration"), base.resolve("configuration"));
            StandaloneCommandBuilder command = StandaloneCommandBuilder.of(wildfly)
                    .setBaseDirectory(base)
                    .setJavaOptions(TestServer.QUICK_START)
                    .addJavaOptions(JAVA_OPTIONS)
                    .addJavaOption("-Dtest.runs=" + System.getProperty("kiln.it.runs"));
            command.setPropertiesFile(System.getProperty("kiln.it.properties"));
            StandaloneManager server = ServerManager.start(Configuration.create(command)
                    .managementPort(Integer.getInteger("kiln.it.management.port"))
                    .redirectErrorStream(true)
                    .redirectOutput(base.resolve("console.log")));
            Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
            if (!server.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                server.kill().join();
                throw new IllegalStateException("WildFly has not started in " + START_SECONDS + " s; see " + base);
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    static synchronized void undeploy(String name) throws IOException {
        running.deploymentManager().undeploy(UndeployDescription.of(name)).assertSuccess();
    }

    static synchronized void stop() {
        if (running != null) {
            // why not asked to: on a busy machine it may be gone before it has answered, which would fail the tests
            running.kill().join();
            running = null;
        }
    }
}
