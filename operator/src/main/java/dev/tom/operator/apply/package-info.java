/** Writes what differs, in order: server-side apply, annotation, deletion. Nothing is written where nothing differs. */
@NullMarked
package dev.tom.operator.apply;

import org.jspecify.annotations.NullMarked;
