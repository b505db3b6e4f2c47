package io.kiln.integration;

import java.io.File;
import java.net.URISyntaxException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application as it is shipped, with tests in it. */
public final class KilnDeployment {
    /** What the application is called, however it is deployed. */
    static final String NAME = "kiln.war";

    /** Arquillian reaches tests in the server by a servlet of its own, which must not ask who calls. */
    private static final String OPEN_TO_ARQUILLIAN = """
            <web-fragment xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>tests</web-resource-name>
                  <url-pattern>/ArquillianServletRunnerEE9</url-pattern>
                </web-resource-collection>
              </security-constraint>
            </web-fragment>
            """;

    private static WebArchive shipped;

    private KilnDeployment() {}

    /** Returns the WAR as it is shipped, for tests that call it from outside. All get the same object, so that it need not be deployed for each class. */
    public static synchronized WebArchive asShipped() {
        if (shipped == null) {
            shipped = ShrinkWrap.create(ZipImporter.class, NAME)
                    .importFrom(new File(System.getProperty("kiln.it.war")))
                    .as(WebArchive.class);
        }
        return shipped;
    }

    /** Returns the WAR with these classes, AssertJ and Awaitility added. */
    public static WebArchive with(Class<?>... tests) {
        JavaArchive access = ShrinkWrap.create(JavaArchive.class, "test-access.jar")
                .addAsManifestResource(new StringAsset(OPEN_TO_ARQUILLIAN), "web-fragment.xml");
        WebArchive archive = ShrinkWrap.create(ZipImporter.class, NAME)
                .importFrom(new File(System.getProperty("kiln.it.war")))
                .as(WebArchive.class)
                .addClasses(tests)
                .addAsLibrary(access);
        for (Class<?> library : List.of(Assertions.class, Awaitility.class, Matcher.class)) {
            archive.addAsLibrary(jarOf(library));
        }
        return archive;
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
