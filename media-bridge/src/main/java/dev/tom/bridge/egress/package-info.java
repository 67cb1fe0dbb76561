/** Shell: the clock of the egress lease. Closes what is open to the provider when the lease ends, with nobody's help. */
@NullMarked
package dev.tom.bridge.egress;

import org.jspecify.annotations.NullMarked;
