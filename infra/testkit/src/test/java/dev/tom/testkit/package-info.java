@NullMarked
package dev.tom.testkit;

import org.jspecify.annotations.NullMarked;
