/** Tests of {@code observe}. */
@NullMarked
package dev.tom.operator.observe;

import org.jspecify.annotations.NullMarked;
