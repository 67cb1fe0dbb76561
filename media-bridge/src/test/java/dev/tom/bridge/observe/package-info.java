/** Metrics, status page and admin server. */
@NullMarked
package dev.tom.bridge.observe;

import org.jspecify.annotations.NullMarked;
