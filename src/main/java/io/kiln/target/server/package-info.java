/** The devices of this server: runs are jobs of WildFly's batch runtime. */
package io.kiln.target.server;
