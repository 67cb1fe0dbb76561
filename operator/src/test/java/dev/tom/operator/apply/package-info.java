/** Tests of {@code apply}. */
@NullMarked
package dev.tom.operator.apply;

import org.jspecify.annotations.NullMarked;
