/** Tests of {@code cost.account}. */
@NullMarked
package dev.tom.bridge.cost.account;

import org.jspecify.annotations.NullMarked;
