/**
 * The fault matrix: every fault of a provider at every moment of a call. The bridge and its speech engines are the real programs in
 * processes of their own; provider, language model and caller are the testkit's. {@code FaultsMain} is the command, {@code
 * ProviderFault} and {@code Moment} the two sides of the table, {@code Cell} one call through one of its cells, {@code Judgement} what
 * is held against it.
 */
@NullMarked
package dev.tom.faults;

import org.jspecify.annotations.NullMarked;
