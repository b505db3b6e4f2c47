package io.kiln.api;

import io.kiln.api.json.StorableText;
import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.pipeline.ParameterProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses query parameters that the method does not read, and those that are given twice: a filter with a misspelt name would list everything, an option
 * with a misspelt name would do what was not meant. Refuses also what of an address the database could not even compare.
 */
@Provider
public class QueryFilter implements ContainerRequestFilter {
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Set<String> known = QueryNames.of(resource.getResourceClass(), resource.getResourceMethod());
        List<ParameterProblem> problems = new ArrayList<>();
        addUnstorable(request.getUriInfo().getPathParameters(), problems);
        addUnstorable(request.getUriInfo().getQueryParameters(), problems);
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (!known.contains(name)) {
                problems.add(new ParameterProblem(
                        name,
                        "there is no query parameter '" + name + "' (" + values.get(0) + ") here; " + those(known)));
            } else if (values.size() > 1) {
                problems.add(new ParameterProblem(
                        name, "query parameter '" + name + "' is " + String.join(" and ", values) + "; give it once"));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_REQUEST, problems));
        }
    }

    private static void addUnstorable(Map<String, List<String>> parameters, List<ParameterProblem> problems) {
        parameters.forEach((name, values) -> values.stream()
                .flatMap(value -> StorableText.problem(value).stream())
                .forEach(problem -> problems.add(new ParameterProblem(name, name + " is " + problem))));
    }

    private static String those(Set<String> known) {
        return known.isEmpty() ? "there are none" : "there are " + String.join(", ", known);
    }
}
