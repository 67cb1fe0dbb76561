/** Tests of {@code observability}. */
@NullMarked
package dev.tom.operator.observability;

import org.jspecify.annotations.NullMarked;
