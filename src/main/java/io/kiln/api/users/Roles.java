package io.kiln.api.users;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.security.Role;
import java.util.Arrays;

/** Roles as requests name them. */
public final class Roles {
    private Roles() {}

    /** @throws ProblemException when there is no such role */
    public static Role parse(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        "role is '" + name + "', but must be one of " + Arrays.toString(Role.values())));
    }
}
