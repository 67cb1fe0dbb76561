package dev.tom.bridge.call;

import dev.tom.bridge.call.turn.Conversation;
import dev.tom.bridge.call.turn.TurnState;

/**
 * Everything that decides what a call does next.
 *
 * @param questionKept whether the caller's unanswered audio is held for a replay
 * @param fillerDue whether the next turn may be bridged by a filler, because the call was moved to the local pipeline since the last one
 * @param sessions how many links were opened, and how long the open one may go on
 * @param leaveBy when the call is closed although something is going on; {@link TurnState#NEVER}: caller audio still comes
 */
public record CallState(
        Route route,
        TurnState turn,
        Conversation conversation,
        boolean questionKept,
        boolean fillerDue,
        Sessions sessions,
        long leaveBy) {

    /** A call that has not begun. */
    public static final CallState NEW = new CallState(
            new Route.Unopened(),
            new TurnState.Idle(),
            Conversation.EMPTY,
            false,
            false,
            Sessions.NONE,
            TurnState.NEVER);

    CallState with(Route other) {
        return new CallState(other, turn, conversation, questionKept, fillerDue, sessions, leaveBy);
    }

    CallState with(TurnState other) {
        return new CallState(route, other, conversation, questionKept, fillerDue, sessions, leaveBy);
    }

    CallState with(Conversation other) {
        return new CallState(route, turn, other, questionKept, fillerDue, sessions, leaveBy);
    }

    CallState with(Sessions other) {
        return new CallState(route, turn, conversation, questionKept, fillerDue, other, leaveBy);
    }

    CallState withQuestionKept(boolean kept) {
        return new CallState(route, turn, conversation, kept, fillerDue, sessions, leaveBy);
    }

    CallState withFillerDue(boolean due) {
        return new CallState(route, turn, conversation, questionKept, due, sessions, leaveBy);
    }

    CallState withLeaveBy(long time) {
        return new CallState(route, turn, conversation, questionKept, fillerDue, sessions, time);
    }
}
