/** Telling people by mail or webhook what becomes of batches: who wants to know what, what happened, and sending it until it has arrived. */
package io.kiln.notification;
