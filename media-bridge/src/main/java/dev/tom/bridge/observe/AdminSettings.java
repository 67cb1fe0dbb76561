package dev.tom.bridge.observe;

/**
 * Where the read-only admin server listens.
 *
 * @param host address to bind
 * @param port TCP port, 0 for any free one
 */
public record AdminSettings(String host, int port) {}
