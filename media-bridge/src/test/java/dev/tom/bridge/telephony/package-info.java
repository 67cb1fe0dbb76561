/** The telephone side: codecs, tokens, and recorded calls played against the real endpoint. */
@NullMarked
package dev.tom.bridge.telephony;

import org.jspecify.annotations.NullMarked;
