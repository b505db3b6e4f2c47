/** Where a Kiln keeps its files, and what the environment says about it. */
package io.kiln.cli.home;
