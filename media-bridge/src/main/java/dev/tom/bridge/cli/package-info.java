/** The command line {@code tom}: bridge, speech-worker and tools. */
@NullMarked
package dev.tom.bridge.cli;

import org.jspecify.annotations.NullMarked;
