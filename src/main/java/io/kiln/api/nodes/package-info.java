/** Server nodes, devices and targets over REST. */
package io.kiln.api.nodes;
