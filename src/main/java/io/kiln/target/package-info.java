/** Where runs execute. */
package io.kiln.target;
