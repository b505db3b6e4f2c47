package io.kiln.pipeline;

/**
 * Names a pipeline; also the id of its JSL job and the name of that file.
 *
 * @param value lower-case letters, digits and dashes
 */
public record PipelineName(String value) {
    public PipelineName {
        if (!value.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "'" + value + "' is no pipeline name: use lower-case letters, digits and dashes");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
