package dev.tom.operator.window;

/** What is to become of the provider-egress policy. */
public enum PolicyWish {
    PRESENT,
    /**
     * Stays if it is there. Some network plugins cut live connections the moment it goes, in the middle of a sentence; so bridges get a
     * moment to move their calls.
     */
    LEFT,
    ABSENT
}
