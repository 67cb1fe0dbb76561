/** Transcripts of the egress lease. */
@NullMarked
package dev.tom.bridge.call.egress;

import org.jspecify.annotations.NullMarked;
