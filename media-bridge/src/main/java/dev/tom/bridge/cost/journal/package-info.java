/**
 * What is open, on the disk: the begin and the growing use of every call segment, so that a process that dies leaves behind what it
 * owes. Line and content are pure; file and writer are the shell. Used by the ledger only.
 */
@NullMarked
package dev.tom.bridge.cost.journal;

import org.jspecify.annotations.NullMarked;
