/** Transcripts of the window machine. */
@NullMarked
package dev.tom.operator.window;

import org.jspecify.annotations.NullMarked;
