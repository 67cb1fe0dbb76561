/** What is run and in which order: processes, measurements, verdicts. */
@NullMarked
package dev.tom.bench.profile;

import org.jspecify.annotations.NullMarked;
