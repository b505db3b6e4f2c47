/** What the tests in WildFly share: a server of their own with a PostgreSQL of its own, and the application as it is shipped plus the tests. */
package io.kiln.integration;
