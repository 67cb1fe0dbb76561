/** Settings from environment, file and mounted directory, read once and watched. Only {@code BridgeMain} reads the environment. */
@NullMarked
package dev.tom.bridge.config;

import org.jspecify.annotations.NullMarked;
