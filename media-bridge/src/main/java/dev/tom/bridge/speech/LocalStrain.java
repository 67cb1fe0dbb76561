package dev.tom.bridge.speech;

/**
 * How the local pipeline coped since it was asked last.
 *
 * @param refusals pieces of work that it refused for want of room
 * @param longestWaitMillis the longest time that a piece of work waited before an engine took it, or was given up
 */
public record LocalStrain(long refusals, long longestWaitMillis) {

    public static final LocalStrain NONE = new LocalStrain(0, 0);
}
