package dev.tom.bridge.speech;

/**
 * What the provider charges for writing down what the caller said; billed apart from the responses, by tokens or by time.
 *
 * @param model that did it; empty: nothing was written down
 * @param input tokens read
 * @param output tokens written
 * @param millis audio heard, in milliseconds, by a model that is charged by time
 */
public record TranscriptionUsage(String model, long input, long output, long millis) {

    public static final TranscriptionUsage NONE = new TranscriptionUsage("", 0, 0, 0);

    public TranscriptionUsage plus(TranscriptionUsage other) {
        return new TranscriptionUsage(
                model.isEmpty() ? other.model : model,
                input + other.input,
                output + other.output,
                millis + other.millis);
    }

    /** Whether there is nothing to charge. */
    public boolean isNothing() {
        return input == 0 && output == 0 && millis == 0;
    }
}
