/** The other sides, each the content of one process: the callers, the provider, the speech worker, and the bare relay that is the floor. */
@NullMarked
package dev.tom.bench.side;

import org.jspecify.annotations.NullMarked;
