/** Kiln: a batch server for scientific imaging. Each package below is a room; its package-info says what for. */
package io.kiln;
