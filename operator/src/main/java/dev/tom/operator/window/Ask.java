package dev.tom.operator.window;

import java.time.Instant;

/** What bridges are to try while they may not use the provider. They carry no call and no key there. */
public sealed interface Ask {

    /** Nothing. */
    record Nothing() implements Ask {}

    /**
     * Whether the provider can be reached: name, TCP and TLS, and not a byte more.
     *
     * @param until the end of the window: no try begins so late that it could reach it
     */
    record Reach(Instant until) implements Ask {}

    /**
     * Whether the provider can still be reached, which must fail: one TCP connection and nothing sent.
     *
     * @param end the end of the window: names the ask
     */
    record Canary(Instant end) implements Ask {}
}
