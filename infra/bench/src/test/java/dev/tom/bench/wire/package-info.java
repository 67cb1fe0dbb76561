@NullMarked
package dev.tom.bench.wire;

import org.jspecify.annotations.NullMarked;
