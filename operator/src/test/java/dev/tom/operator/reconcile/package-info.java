@NullMarked
package dev.tom.operator.reconcile;

import org.jspecify.annotations.NullMarked;
