package io.kiln.job;

/**
 * One claim of a run. Every claim has a higher number, which fences the ledger, the state and publishing against anything older.
 *
 * @param number from 1
 */
public record Attempt(RunId run, int number) {}
