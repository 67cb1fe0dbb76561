@NullMarked
package dev.tom.operator.leadership;

import org.jspecify.annotations.NullMarked;
