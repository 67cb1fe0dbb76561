/** The speech worker process: native recognizer and synthesizer behind a small HTTP API on loopback. */
@NullMarked
package dev.tom.bridge.worker;

import org.jspecify.annotations.NullMarked;
