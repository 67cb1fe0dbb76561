@NullMarked
package dev.tom.bridge.speech.text;

import org.jspecify.annotations.NullMarked;
