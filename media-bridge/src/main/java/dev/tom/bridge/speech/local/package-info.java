/** Edge C: the local pipeline, a client of the speech worker and of an OpenAI-compatible chat endpoint. */
@NullMarked
package dev.tom.bridge.speech.local;

import org.jspecify.annotations.NullMarked;
