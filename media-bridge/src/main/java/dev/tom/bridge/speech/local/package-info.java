/**
 * Edge C: the local pipeline, a client of the speech worker and of an OpenAI-compatible chat endpoint. One turn, in order: {@code
 * LocalLink} collects the caller's audio, {@code Recognizer} makes words of it, a {@code Responder} answers in words, {@code Answering}
 * cuts them into clauses, {@code Synthesizer} speaks them. All on the event-loop context of the call; nothing blocks.
 *
 * <p>Without a language model the assistant says that it understood and cannot help now ({@code ModestResponder}). {@code AnnouncementBackend} needs no other process at all.
 */
@NullMarked
package dev.tom.bridge.speech.local;

import org.jspecify.annotations.NullMarked;
