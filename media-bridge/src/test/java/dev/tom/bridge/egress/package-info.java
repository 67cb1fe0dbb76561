/** The egress guard against real clocks. */
@NullMarked
package dev.tom.bridge.egress;

import org.jspecify.annotations.NullMarked;
