package io.kiln.api.openapi;

import io.kiln.api.problem.Problem;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to what is read from the resources what all of them share: who may call, and what every error looks like. */
public class Description implements OASFilter {
    private static final String PASSWORD = "password";
    private static final String PROBLEM = "Problem";

    @Override
    public Operation filterOperation(Operation operation) {
        operation.getResponses().addAPIResponse("401", refusal("nobody is signed in, or the password is wrong"));
        operation.getResponses().addAPIResponse("403", refusal("the user's role does not allow it"));
        operation.getResponses().setDefaultValue(refusal("any other error"));
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setInfo(OASFactory.createInfo()
                .title("Kiln")
                .version("0.1")
                .description(
                        "A batch server for scientific imaging. Every list is {items, next}: give next as 'after' for the page behind it."
                                + " A member without a value is null; in a request it may be left out as well."
                                + " Programs send user and password (HTTP basic) with each request; browsers have a session. Every error is a problem document"
                                + " (RFC 9457). A body has at most 10 MiB, else the answer is 413."));
        document.getComponents()
                .addSecurityScheme(
                        PASSWORD,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic"));
        Map<String, Schema> types = new TreeMap<>(document.getComponents().getSchemas());
        types.replaceAll((name, type) -> AsWritten.of(type));
        types.putAll(Choices.schemas());
        types.put(PROBLEM, problem());
        document.getComponents().setSchemas(types);
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(PASSWORD));
    }

    private static APIResponse refusal(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
    }

    private static Schema problem() {
        Schema parameter = object().addProperty("parameter", text("name of the parameter or member"))
                .addProperty("message", text("what is wrong with it"));
        return object().addProperty("type", text("which problem it is, relative, such as /problems/wrong-state"))
                .addProperty("title", text("the kind of problem in words"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text("what is wrong, with which value, and what to do"))
                .addProperty(
                        "problems",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(parameter))
                .addProperty(
                        "state",
                        text(
                                "with status 409: the run's state, the execution's batch status, PIPELINE for a job that only the queue starts, or IN_USE for a root"))
                .addProperty("wanted", object())
                .addProperty("current", object())
                .addProperty("incident", text("what the server's log has it as"));
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
