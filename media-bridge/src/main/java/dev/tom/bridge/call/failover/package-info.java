/** Pure: when a backend is given up, for one call (rescue) and for the pod (circuit breaker). */
@NullMarked
package dev.tom.bridge.call.failover;

import org.jspecify.annotations.NullMarked;
