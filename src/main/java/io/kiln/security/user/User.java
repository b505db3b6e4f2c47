package io.kiln.security.user;

import io.kiln.security.Role;
import java.time.Instant;

/**
 * Somebody who may sign in.
 *
 * @param serial tells this user from an earlier one of the same name; empty for one that an older Kiln has added
 * @param changedAt when role or password was last changed, by the clock of the machine that did it; the epoch where that is not known
 */
public record User(String name, Role role, String serial, Instant changedAt) {}
