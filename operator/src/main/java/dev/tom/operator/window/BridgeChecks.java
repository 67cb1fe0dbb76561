package dev.tom.operator.window;

/**
 * What a bridge says about what it stands on.
 *
 * @param local its local pipeline
 * @param models the speech models of its worker
 * @param costLog the directory of its cost records
 * @param provider whether it has reached the provider
 */
public record BridgeChecks(Said local, Said models, Said costLog, Said provider) {

    /** A bridge that says nothing about it. */
    public static final BridgeChecks NONE = new BridgeChecks(Said.NOTHING, Said.NOTHING, Said.NOTHING, Said.NOTHING);

    /** The same, with something better known about the models. */
    public BridgeChecks withModels(Said better) {
        return new BridgeChecks(local, better, costLog, provider);
    }

    /**
     * One thing that it says.
     *
     * @param truth whether it is as it should be
     * @param sentence why not, and what to do; empty when there is nothing to add
     */
    public record Said(Truth truth, String sentence) {
        /** Nothing is known. */
        public static final Said NOTHING = new Said(Truth.UNKNOWN, "");
    }
}
