/** Tests of {@code desired}. */
@NullMarked
package dev.tom.operator.desired;

import org.jspecify.annotations.NullMarked;
