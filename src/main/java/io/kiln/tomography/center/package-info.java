/** Where the axis of rotation is, found by two independent methods. */
package io.kiln.tomography.center;
