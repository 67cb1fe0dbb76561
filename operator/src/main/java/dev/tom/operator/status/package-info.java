/** Writes the status of a TestWindow, and only when it differs. The only place that merges conditions. */
@NullMarked
package dev.tom.operator.status;

import org.jspecify.annotations.NullMarked;
