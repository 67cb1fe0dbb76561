/** Preflight and canary, on real sockets. */
@NullMarked
package dev.tom.bridge.preflight;

import org.jspecify.annotations.NullMarked;
