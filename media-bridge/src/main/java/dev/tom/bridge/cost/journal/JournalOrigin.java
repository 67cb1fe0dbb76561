package dev.tom.bridge.cost.journal;

/**
 * Who writes, and what its records carry.
 *
 * @param pod name of the pod or host
 * @param window WINDOW_NAME, possibly empty
 * @param model the provider's model
 */
public record JournalOrigin(String pod, String window, String model) {}
