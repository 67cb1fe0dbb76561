/** Settings from every source, good and bad. */
@NullMarked
package dev.tom.bridge.config;

import org.jspecify.annotations.NullMarked;
