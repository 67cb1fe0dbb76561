package dev.tom.bridge.call;

import dev.tom.bridge.call.turn.Conversation;
import dev.tom.bridge.call.turn.TurnState;

/**
 * Everything that decides what a call does next.
 *
 * @param questionKept whether the caller's unanswered audio is held for a replay
 * @param fillerDue whether the next turn may be bridged by a filler, because the call was moved while the caller spoke
 * @param leaveBy when the call is closed although something is going on; {@link TurnState#NEVER}: caller audio still comes
 */
public record CallState(
        Route route, TurnState turn, Conversation conversation, boolean questionKept, boolean fillerDue, long leaveBy) {

    /** A call that has not begun. */
    public static final CallState NEW = new CallState(
            new Route.Unopened(), new TurnState.Idle(), Conversation.EMPTY, false, false, TurnState.NEVER);

    CallState with(Route other) {
        return new CallState(other, turn, conversation, questionKept, fillerDue, leaveBy);
    }

    CallState with(TurnState other) {
        return new CallState(route, other, conversation, questionKept, fillerDue, leaveBy);
    }

    CallState with(Conversation other) {
        return new CallState(route, turn, other, questionKept, fillerDue, leaveBy);
    }

    CallState withQuestionKept(boolean kept) {
        return new CallState(route, turn, conversation, kept, fillerDue, leaveBy);
    }

    CallState withFillerDue(boolean due) {
        return new CallState(route, turn, conversation, questionKept, due, leaveBy);
    }

    CallState withLeaveBy(long time) {
        return new CallState(route, turn, conversation, questionKept, fillerDue, time);
    }
}
