/** Lines, contents and files of the journal of open segments. */
@NullMarked
package dev.tom.bridge.cost.journal;

import org.jspecify.annotations.NullMarked;
