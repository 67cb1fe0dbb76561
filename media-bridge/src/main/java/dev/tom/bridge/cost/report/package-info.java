/** Sums of cost records, read from their files line by line. Knows nothing of the ledger that writes them: the files are the contract. */
@NullMarked
package dev.tom.bridge.cost.report;

import org.jspecify.annotations.NullMarked;
