/**
 * Reads the world: informer caches, Secrets that the spec names, and each bridge's {@code /status}. Writes nothing. Runs on the SDK's
 * reconcile threads and may block them for at most a second.
 */
@NullMarked
package dev.tom.operator.observe;

import org.jspecify.annotations.NullMarked;
