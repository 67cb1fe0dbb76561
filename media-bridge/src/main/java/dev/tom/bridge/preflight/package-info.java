/**
 * Shell: what the bridge says about what it stands on, and the two tries that the operator may ask for. A thread of its own runs all of it; no
 * call waits for it. Neither try carries a key, audio or any other byte of a call. The one before the window opens takes the way of calls, through
 * their proxy where they have one; the one after the end goes straight to the provider's address.
 */
@NullMarked
package dev.tom.bridge.preflight;

import org.jspecify.annotations.NullMarked;
