/** REST as callers see it, in WildFly with PostgreSQL. */
package io.kiln.api.contract;
