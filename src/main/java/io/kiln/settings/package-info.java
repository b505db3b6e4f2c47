/** What an operator sets, checked at start. */
package io.kiln.settings;
