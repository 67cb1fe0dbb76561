/**
 * What runs of bridges have recorded, run by run: the run's own account as it grows, and those of runs that are over, from the files. Sums
 * and lines are pure. Used by the ledger, shown by the status page.
 */
@NullMarked
package dev.tom.bridge.cost.account;

import org.jspecify.annotations.NullMarked;
