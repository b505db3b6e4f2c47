/** Runs: their states, the queue and its dispatcher, device leases, the ledger, and recovery from whatever died. */
package io.kiln.run;
