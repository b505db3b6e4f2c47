/** The tomography family: what its two pipelines, a try over centres of rotation and a full reconstruction, are told, decide, compute and write. */
package io.kiln.tomography;
