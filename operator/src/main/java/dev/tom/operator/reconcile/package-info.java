/** The shell: one line from observation to report, and what wakes it. Runs on the SDK's reconcile threads, one at a time per window. */
@NullMarked
package dev.tom.operator.reconcile;

import org.jspecify.annotations.NullMarked;
