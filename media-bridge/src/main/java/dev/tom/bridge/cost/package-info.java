/**
 * One record per call segment, lost by no crash. Two threads: one writes the journal of what is open, one the records and what dead
 * processes owe; event loops only hand over.
 */
@NullMarked
package dev.tom.bridge.cost;

import org.jspecify.annotations.NullMarked;
