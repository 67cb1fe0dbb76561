/** Edge A: sockets of telephone legs. One codec file per dialect; runs on the event loop of the call. */
@NullMarked
package dev.tom.bridge.telephony;

import org.jspecify.annotations.NullMarked;
