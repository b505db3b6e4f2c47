package io.kiln;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the project and who may use whom: dependencies point one way. */
@AnalyzeClasses(packages = "io.kiln", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ROOMS_OF_WORKER = {
        "io.kiln.device..",
        "io.kiln.job..",
        "io.kiln.numeric..",
        "io.kiln.pipeline..",
        "io.kiln.tomography..",
        "io.kiln.volume..",
        "io.kiln.worker.."
    };

    @ArchTest
    static final ArchRule roomsDependOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("api")
            .definedBy("io.kiln.api..")
            .layer("cli")
            .definedBy("io.kiln.cli..")
            .layer("worker")
            .definedBy("io.kiln.worker..")
            .layer("server")
            .definedBy("io.kiln.server..")
            .layer("security")
            .definedBy("io.kiln.security..")
            .layer("batch")
            .definedBy("io.kiln.batch..")
            .layer("notification")
            .definedBy("io.kiln.notification..")
            .layer("run")
            .definedBy("io.kiln.run..")
            .layer("target")
            .definedBy("io.kiln.target..")
            .layer("job")
            .definedBy("io.kiln.job..")
            .layer("tomography")
            .definedBy("io.kiln.tomography..")
            .layer("pipeline")
            .definedBy("io.kiln.pipeline..")
            .layer("picture")
            .definedBy("io.kiln.picture..")
            .layer("volume")
            .definedBy("io.kiln.volume..")
            .layer("numeric")
            .definedBy("io.kiln.numeric..")
            .layer("device")
            .definedBy("io.kiln.device..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("security")
            .mayOnlyBeAccessedByLayers("api", "server", "cli", "notification")
            .whereLayer("worker")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("notification")
            .mayOnlyBeAccessedByLayers("api", "server")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("api", "server", "notification")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("api", "server", "batch", "notification")
            .whereLayer("target")
            .mayOnlyBeAccessedByLayers("api", "server", "batch", "run")
            .whereLayer("job")
            .mayOnlyBeAccessedByLayers("api", "server", "worker", "batch", "run", "target", "notification")
            .whereLayer("tomography")
            .mayOnlyBeAccessedByLayers("server", "cli", "worker")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers(
                    "api",
                    "server",
                    "cli",
                    "worker",
                    "batch",
                    "notification",
                    "run",
                    "target",
                    "job",
                    "tomography",
                    "picture",
                    "volume")
            .whereLayer("picture")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("volume")
            .mayOnlyBeAccessedByLayers("api", "cli", "job", "picture", "worker", "tomography")
            .whereLayer("numeric")
            .mayOnlyBeAccessedByLayers("tomography");

    @ArchTest
    static final ArchRule onlyOneRoomKnowsTheLibraryThatCallsTheDriver = noClasses()
            .that()
            .resideOutsideOfPackage("io.kiln.device.cuda")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jcuda..");

    @ArchTest
    static final ArchRule andTellsNobody = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.kiln.device.cuda")
            .and()
            .arePublic()
            .should()
            .haveRawReturnType(resideInAPackage("jcuda.."));

    /** What the worker's archive holds of Kiln's classes: that they need no others. */
    @ArchTest
    static final ArchRule theWorkerNeedsOnlyWhatItsArchiveHolds = classes()
            .that()
            .resideInAnyPackage(ROOMS_OF_WORKER)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(ROOMS_OF_WORKER)
                    .or(resideOutsideOfPackage("io.kiln.."))
                    .or(simpleName("KilnVersion")));

    /** The worker has no servlets, database or server round it. */
    @ArchTest
    static final ArchRule theWorkerNeedsNoServer = noClasses()
            .that()
            .resideInAnyPackage(ROOMS_OF_WORKER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ws.rs..",
                    "jakarta.servlet..",
                    "jakarta.persistence..",
                    "jakarta.ejb..",
                    "java.sql..",
                    "javax.sql..",
                    "org.hibernate..",
                    "org.wildfly..",
                    "org.eclipse.microprofile..");
}
