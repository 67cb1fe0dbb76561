package dev.tom.operator.window;

/**
 * One condition: what is known, why, and what to do. Its message holds no time that moves, so that an unchanged world makes an unchanged
 * status.
 */
public record Fact(FactType type, Truth truth, Reason reason, String message) {

    static Fact yes(FactType type, Reason reason, String message) {
        return new Fact(type, Truth.TRUE, reason, message);
    }

    static Fact no(FactType type, Reason reason, String message) {
        return new Fact(type, Truth.FALSE, reason, message);
    }

    static Fact unknown(FactType type, Reason reason, String message) {
        return new Fact(type, Truth.UNKNOWN, reason, message);
    }
}
