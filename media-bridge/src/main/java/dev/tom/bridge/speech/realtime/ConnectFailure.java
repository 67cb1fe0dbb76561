package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.FailureReason;

/** Why a connection was not made, and one sentence without secrets that says what to do. */
record ConnectFailure(FailureReason reason, String sentence) {}
