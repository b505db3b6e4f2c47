/** WildFly as a process of this machine: its folder, start, readiness and end. */
package io.kiln.cli.server;
