package io.kiln.tomography;

/** What parameters have to do with: the headings under which forms show them, which annotations can only take as constants. */
final class ParameterGroup {
    static final String CENTER = "Centre of rotation";
    static final String TRY = "Try";
    static final String PART = "Part of the scan";
    static final String PREPARATION = "Preparation";
    static final String UNTOLD = "What the scan does not tell";
    static final String RECONSTRUCTION = "Reconstruction";
    static final String OUTPUT = "Output";

    private ParameterGroup() {}
}
