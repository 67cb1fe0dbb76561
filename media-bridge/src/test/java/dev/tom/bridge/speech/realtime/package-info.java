@NullMarked
package dev.tom.bridge.speech.realtime;

import org.jspecify.annotations.NullMarked;
