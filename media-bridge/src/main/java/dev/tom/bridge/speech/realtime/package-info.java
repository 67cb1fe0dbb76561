/** Edge B: a realtime speech-to-speech provider over one WebSocket (OpenAI Realtime, GA shape). */
@NullMarked
package dev.tom.bridge.speech.realtime;

import org.jspecify.annotations.NullMarked;
