/** Who may connect, with real keys, a real Redis and a real source of keys. */
@NullMarked
package dev.tom.bridge.telephony.access;

import org.jspecify.annotations.NullMarked;
