package dev.tom.operator.window;

/**
 * When a changed pod template may replace the bridges. A rollout drops no call, because the old pods finish theirs; but it moves capacity,
 * starts engines anew, and ends what is live when the grace period does. So while a window is open it waits for a moment without calls, unless
 * the user wants it now.
 */
public final class RolloutRules {

    private RolloutRules() {}

    /** What to do with the pod template. */
    public enum Verdict {
        /** Write it: it is new, or unchanged, or nothing speaks against it. */
        WRITE,
        /** Leave the stored one as it is. */
        HOLD
    }

    /**
     * What is known of live calls.
     *
     * @param live calls that bridges reported
     * @param unknown a bridge that may carry calls did not answer
     */
    public record Calls(int live, boolean unknown) {}

    /**
     * Judges a template.
     *
     * @param changed whether it differs from the one in use; false where there is none yet
     * @param patient whether the user lets it wait
     */
    public static Verdict judge(WindowPhase phase, boolean changed, boolean patient, Calls calls) {
        boolean running = switch (phase) {
            case OPEN, CLOSING -> true;
            case PENDING, PREFLIGHT, CLOSED, FAILED -> false;
        };
        boolean busy = calls.live() > 0 || calls.unknown();
        return changed && patient && running && busy ? Verdict.HOLD : Verdict.WRITE;
    }

    /** The condition that says so. */
    public static Fact fact(Verdict verdict, Calls calls) {
        return switch (verdict) {
            case WRITE -> Fact.no(FactType.ROLLOUT_PENDING, Reason.SETTLED, "No change of the pods waits.");
            case HOLD ->
                calls.live() > 0
                        ? Fact.yes(
                                FactType.ROLLOUT_PENDING,
                                Reason.CALLS_LIVE,
                                "A change of the pods waits until no call is live or the window is over: set spec.bridge.rollout to Now to make it at once, live calls then finish on their old pods.")
                        : Fact.yes(
                                FactType.ROLLOUT_PENDING,
                                Reason.BRIDGE_UNREACHABLE,
                                "A change of the pods waits because a bridge pod does not say whether it carries calls: look at the pods with label tom.dev/window, or set spec.bridge.rollout to Now.");
        };
    }
}
