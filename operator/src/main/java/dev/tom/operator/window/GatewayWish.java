package dev.tom.operator.window;

import java.util.List;

/** What is to become of the gateway. */
public sealed interface GatewayWish {

    /** The window does without. */
    record None() implements GatewayWish {}

    /** It must run. */
    record Present() implements GatewayWish {}

    /** Stays if it is there, as long as calls may move away from it. */
    record Left() implements GatewayWish {}

    /**
     * It must go, and its pods with it: the end of a process cuts its tunnels whatever the network plugin does with live connections.
     *
     * @param pods that have not been told to go
     * @param empty no pod is left: what only served them may go, too
     */
    record Gone(List<String> pods, boolean empty) implements GatewayWish {
        public Gone {
            pods = List.copyOf(pods);
        }
    }
}
