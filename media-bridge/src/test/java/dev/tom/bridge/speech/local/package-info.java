@NullMarked
package dev.tom.bridge.speech.local;

import org.jspecify.annotations.NullMarked;
