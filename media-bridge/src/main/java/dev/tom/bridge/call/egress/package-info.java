/** Pure: whether provider use is allowed now. In doubt the answer is no. */
@NullMarked
package dev.tom.bridge.call.egress;

import org.jspecify.annotations.NullMarked;
