/** The JSR-352 artefacts that every pipeline shares: partitions, the slab ring, publishing; and what they need of the run they execute. */
package io.kiln.job;
