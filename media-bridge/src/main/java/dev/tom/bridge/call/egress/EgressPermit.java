package dev.tom.bridge.call.egress;

/**
 * Whether the provider may be used at this moment. Read from event loops before every provider write, so an implementation answers
 * from memory, without a lock.
 */
public interface EgressPermit {

    /** Whether bytes may go to the provider now; false from shortly before the deadline, so that even the farewell is in time. */
    boolean open();

    /** Whether a new provider session may begin now; false from 5 s before the deadline. */
    boolean openForNewSessions();
}
