@NullMarked
package dev.tom.faults;

import org.jspecify.annotations.NullMarked;
