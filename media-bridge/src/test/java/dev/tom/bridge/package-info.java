/** The whole bridge, and the rules of the module. */
@NullMarked
package dev.tom.bridge;

import org.jspecify.annotations.NullMarked;
