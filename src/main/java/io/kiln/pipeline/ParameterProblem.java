package io.kiln.pipeline;

/**
 * One thing that is wrong with given parameters.
 *
 * @param parameter its name
 * @param message what is wrong, with which value, and what is allowed
 */
public record ParameterProblem(String parameter, String message) {}
