package dev.tom.bridge.soak;

import dev.tom.bridge.caller.Conversation;
import java.time.Duration;

/**
 * What a soak does.
 *
 * @param target who is called
 * @param conversation how each session goes
 * @param sessions at the same time
 * @param duration from the first session's start to the end of all
 * @param ramp over which the sessions start, evenly
 */
public record SoakPlan(Target target, Conversation.Plan conversation, int sessions, Duration duration, Duration ramp) {

    /**
     * Who is called.
     *
     * @param kind {@code provider} or {@code bridge}
     * @param address without secrets
     * @param model of a provider; empty for a bridge
     */
    public record Target(String kind, String address, String model) {}

    /** When session {@code index} starts, in milliseconds from the beginning. */
    long startMillis(int index) {
        return ramp.toMillis() * index / sessions;
    }
}
