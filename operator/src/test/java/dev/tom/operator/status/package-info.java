/** Tests of {@code status}. */
@NullMarked
package dev.tom.operator.status;

import org.jspecify.annotations.NullMarked;
