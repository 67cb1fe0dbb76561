package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;

/**
 * The desk at one moment, for the status page.
 *
 * @param activeCalls live calls
 * @param newCallsGoTo where a call that starts now is taken
 * @param reason why, in one sentence
 * @param draining whether new calls are refused
 */
public record DeskSnapshot(int activeCalls, BackendKind newCallsGoTo, String reason, boolean draining) {}
