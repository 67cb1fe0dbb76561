package dev.tom.bridge.telephony.access;

/**
 * Bounds of one source of telephone sockets, which is an IPv4 address or an IPv6 /64. One switch carries all its calls from one address, so
 * these stop what runs wild and leave the number of calls to admission.
 *
 * @param sockets open at the same time
 * @param upgradesPerSecond for long
 * @param upgradeBurst at once: a switch forks all its calls again when a bridge has restarted
 * @param failuresPerSecond wrong proofs for long: enough for a dialplan with a mistake, too few to guess
 * @param failureBurst wrong proofs at once
 * @param sources that are told apart; more share one account
 */
public record SourceLimits(
        int sockets, int upgradesPerSecond, int upgradeBurst, int failuresPerSecond, int failureBurst, int sources) {

    public static final SourceLimits DEFAULT = of(500, 50);

    /** The two that are settings, and the rest. */
    public static SourceLimits of(int sockets, int upgradesPerSecond) {
        return new SourceLimits(sockets, upgradesPerSecond, sockets + 2 * upgradesPerSecond, 5, 60, 4_096);
    }
}
