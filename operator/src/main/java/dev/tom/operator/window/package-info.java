/**
 * Pure: when a window opens and closes, and on what evidence. {@link dev.tom.operator.window.WindowMachine} takes what was observed and
 * the time, and answers what is to be. Only the JDK is imported; any thread may call it. Everyone may import it.
 */
@NullMarked
package dev.tom.operator.window;

import org.jspecify.annotations.NullMarked;
