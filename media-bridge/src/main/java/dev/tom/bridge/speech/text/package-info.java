/** Written German on its way to a synthesizer. Pure; shared by the local pipeline and the speech worker. */
@NullMarked
package dev.tom.bridge.speech.text;

import org.jspecify.annotations.NullMarked;
