package dev.tom.bridge.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The answer of the machine: the new state, and what is to be done, in order. */
public record Step(CallState state, List<CallEffect> effects) {

    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(CallState state, CallEffect... effects) {
        return new Step(state, Arrays.asList(effects));
    }

    Step then(CallEffect... more) {
        List<CallEffect> all = new ArrayList<>(effects);
        all.addAll(Arrays.asList(more));
        return new Step(state, all);
    }
}
