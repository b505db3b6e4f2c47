package io.kiln.job;

/** How long a lane's threads were busy, in seconds. */
record StageSeconds(double read, double compute, double write) {}
