package io.kiln.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What every resource method says of itself. */
@AnalyzeClasses(packages = "io.kiln.api", importOptions = ImportOption.DoNotIncludeTests.class)
class RulesTest {
    @ArchTest
    static final ArchRule everyResourceMethodSaysWhoMayCallIt = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .should(new ArchCondition<>("name its roles, or be in a class that does") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean named = method.isAnnotatedWith(RolesAllowed.class)
                            || method.getOwner().isAnnotatedWith(RolesAllowed.class);
                    events.add(new SimpleConditionEvent(method, named, method.getFullName()));
                }
            });

    @ArchTest
    static final ArchRule everyAnswerCanBeWritten = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .should(new ArchCondition<>("answer public types, for JSON-B reads no others") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    for (JavaClass answered : method.getReturnType().getAllInvolvedRawTypes()) {
                        boolean readable =
                                !answered.isRecord() || answered.getModifiers().contains(JavaModifier.PUBLIC);
                        events.add(new SimpleConditionEvent(
                                method, readable, method.getFullName() + " answers " + answered.getName()));
                    }
                }
            });

    @ArchTest
    static final ArchRule everyBodyIsDescribed = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .should(new ArchCondition<>("say which form of body they read, for OpenAPI leaves out bodies without one") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean hasBody = method.getParameters().stream()
                            .anyMatch(parameter -> parameter.getAnnotations().isEmpty());
                    boolean said = !hasBody || method.isAnnotatedWith(Consumes.class);
                    events.add(new SimpleConditionEvent(method, said, method.getFullName()));
                }
            });

    @ArchTest
    static final ArchRule everyResourceMethodIsDescribed =
            methods().that().areMetaAnnotatedWith(HttpMethod.class).should().beAnnotatedWith(Operation.class);

    @ArchTest
    static final ArchRule everyMemberOfNoCertainTypeIsDescribed = fields().that()
            .haveRawType(JsonValue.class)
            .and()
            .areDeclaredInClassesThat()
            .areRecords()
            .should()
            .beAnnotatedWith(Schema.class);
}
