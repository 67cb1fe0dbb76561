package dev.tom.bridge.telephony;

import java.nio.file.Path;

/**
 * PEM files of the telephone port.
 *
 * @param certificate the chain, the server's own first
 * @param key its private key, unencrypted
 */
public record TlsFiles(Path certificate, Path key) {}
