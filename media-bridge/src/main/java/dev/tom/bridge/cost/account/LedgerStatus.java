package dev.tom.bridge.cost.account;

import java.util.List;

/**
 * The ledger at one moment, for the status page.
 *
 * @param own account of this run: every segment that is over, written or waiting
 * @param dead accounts of runs of this window that are over and owe nothing, as found in the files; the latest first
 * @param omitted dead runs that are not among them, for want of room
 */
public record LedgerStatus(RunAccount own, List<RunAccount> dead, long omitted) {

    public LedgerStatus {
        dead = List.copyOf(dead);
    }
}
