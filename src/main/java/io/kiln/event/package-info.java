/** What happened: the feed for those who watch, and the audit for those who ask later. */
package io.kiln.event;
