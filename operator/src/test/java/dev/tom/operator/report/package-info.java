/** Tests of {@code report}. */
@NullMarked
package dev.tom.operator.report;

import org.jspecify.annotations.NullMarked;
