/** Tomography on the processor: how slabs fit its memory, and how its threads make slices of them. */
package io.kiln.tomography.cpu;
