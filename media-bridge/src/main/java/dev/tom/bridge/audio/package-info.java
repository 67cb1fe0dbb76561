/** Pure audio: frames, G.711, resampling, voice gate, recent audio, playout. Imports the JDK only; no clock, no thread. */
@NullMarked
package dev.tom.bridge.audio;

import org.jspecify.annotations.NullMarked;
