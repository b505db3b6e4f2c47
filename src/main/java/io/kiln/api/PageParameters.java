package io.kiln.api;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.persistence.PageRequest;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters that every long list has. */
public class PageParameters {
    @QueryParam("after")
    @Parameter(description = "the 'next' of the page before; without it the first page is answered")
    private String after;

    @QueryParam("limit")
    @Parameter(description = "most items of the page, from 1 to 500; 100 without it")
    private Integer limit;

    /** @throws ProblemException when one of them cannot be */
    public PageRequest request() {
        try {
            return PageRequest.of(after, limit);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, e.getMessage());
        }
    }
}
