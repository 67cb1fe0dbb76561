package dev.tom.bridge.cost;

/**
 * When what is written is forced to the disk. A process that is killed loses nothing with any of them: what is written is in the page
 * cache, which outlives it. They differ in what a machine that loses power loses.
 */
public enum FsyncPolicy {
    /** No record that was written; what open calls used in the last second. */
    RECORD,
    /** The last second of both. */
    SECOND,
    /** What the kernel had not written back by itself, typically up to 30 s. */
    OFF
}
