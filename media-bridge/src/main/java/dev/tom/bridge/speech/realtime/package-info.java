/**
 * Edge B: a realtime speech-to-speech provider over one WebSocket (OpenAI Realtime, GA shape; Azure OpenAI and compatible servers).
 *
 * <p>{@code RealtimeLink} is one conversation: it owns a {@code ProviderSocket} (connection, permit, farewell, liveness), turns frames
 * into messages with {@code WireAudio} and {@code ClientMessages}, reads the answers with {@code RealtimeCodec}, and follows them with
 * {@code Answers}. {@code ProviderTrouble} says what an error, a close or a refusal means. Runs on the call's event-loop context; only
 * the cut of a socket comes from other threads. Nothing is written while the permit is closed: asked before each message, and once
 * more at the lowest step of the channel ({@code PermitGate}), where pongs and farewells pass too.
 */
@NullMarked
package dev.tom.bridge.speech.realtime;

import org.jspecify.annotations.NullMarked;
