@NullMarked
package dev.tom.bench.side;

import org.jspecify.annotations.NullMarked;
