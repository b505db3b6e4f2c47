package io.kiln.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** Parameters that a pipeline does not accept, with every problem found. */
public class InvalidParametersException extends IllegalArgumentException {
    private final transient List<ParameterProblem> problems;

    public InvalidParametersException(List<ParameterProblem> problems) {
        super(problems.stream().map(ParameterProblem::message).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<ParameterProblem> problems() {
        return problems;
    }
}
