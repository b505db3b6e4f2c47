/** What makes the server out of the parts: start-up, devices, health and metrics. */
package io.kiln.server;
