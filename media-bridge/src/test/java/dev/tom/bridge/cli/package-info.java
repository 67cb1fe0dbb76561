/** The command line. */
@NullMarked
package dev.tom.bridge.cli;

import org.jspecify.annotations.NullMarked;
