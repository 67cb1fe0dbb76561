package dev.tom.bench.profile;

/** The bench cannot go on: one sentence that says why. */
public final class BenchFailure extends RuntimeException {
    public BenchFailure(String sentence) {
        super(sentence);
    }
}
