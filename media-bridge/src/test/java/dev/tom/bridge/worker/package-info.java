@NullMarked
package dev.tom.bridge.worker;

import org.jspecify.annotations.NullMarked;
