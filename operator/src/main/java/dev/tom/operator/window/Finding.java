package dev.tom.operator.window;

/** A requirement that is missing: why, and what to do. */
public record Finding(Reason reason, String message) {}
