/** Metrics catalogue, log keys, and the read-only admin server with /metrics, /status, /healthz and /readyz. */
@NullMarked
package dev.tom.bridge.observe;

import org.jspecify.annotations.NullMarked;
