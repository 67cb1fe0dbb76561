package dev.tom.bridge.speech.local;

import java.net.URI;
import java.util.Optional;

/**
 * Where the local pipeline is.
 *
 * @param workerUrl the speech worker, {@code http} on loopback or in the pod's network
 * @param llmUrl base of an OpenAI-compatible API ({@code …/v1}); without it the assistant says that it cannot help now
 * @param llmModel model name for the chat request
 * @param voice name of the Piper voice
 * @param language ISO 639-1 code of the spoken language
 * @param instructions system instructions, possibly empty
 */
public record LocalSettings(
        URI workerUrl, Optional<URI> llmUrl, String llmModel, String voice, String language, String instructions) {}
