package dev.tom.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What was measured, all of it from outside the bridge: by the caller, the provider, the API server and the files that are left.
 *
 * @param calls calls that were made
 * @param callsDropped calls whose socket closed before the caller hung up
 * @param answersHeard answers of which the caller heard at least one voiced frame
 * @param bargeInMillis per interruption: first voiced sample of the caller to the end of the old answer ({@code killAudio}; no frame of it follows)
 * @param failoverGapMillis last voiced frame of the provider to the first voiced frame of the local answer
 * @param stallDetectMillis end of the caller's question to the moment the bridge gave the silent provider up
 * @param transcriptDuringSwitch what the local recognizer understood of what the caller said while the backend changed
 * @param transcriptExpected what the caller said then
 * @param transcriptWordError word error rate of the two, 0 is equal
 * @param providerSocketsOpenAfterEnd as the provider sees them
 * @param egressClosedLateMillis last provider socket closed after the declared end; 0 when before
 * @param providerBytesAfterDeadline received by the provider after the declared end
 * @param policyDeletedAfterMillis the egress policy was gone so long after the declared end
 * @param allowEgressAfterEnd the value of ALLOW_EGRESS in the ConfigMap after the end
 * @param egressClosedVerified the status condition EgressClosed is True
 * @param movedCallAnsweredAfterEnd the call that was live at the end got an answer afterwards
 * @param costRecords records in the cost log
 * @param costRecordsExpected one per call and backend
 * @param phases phases of the TestWindow in order
 */
@JsonPropertyOrder(alphabetic = false)
record Figures(
        @JsonProperty("cluster") String cluster,
        @JsonProperty("provider") String provider,
        @JsonProperty("calls") int calls,
        @JsonProperty("calls_dropped") int callsDropped,
        @JsonProperty("answers_heard") int answersHeard,
        @JsonProperty("barge_in_ms") List<Long> bargeInMillis,
        @JsonProperty("failover_gap_ms") long failoverGapMillis,
        @JsonProperty("stall_detect_ms") long stallDetectMillis,
        @JsonProperty("transcript_during_switch") String transcriptDuringSwitch,
        @JsonProperty("transcript_expected") String transcriptExpected,
        @JsonProperty("transcript_word_error") double transcriptWordError,
        @JsonProperty("provider_sockets_open_after_end") int providerSocketsOpenAfterEnd,
        @JsonProperty("egress_closed_late_ms") long egressClosedLateMillis,
        @JsonProperty("provider_bytes_after_deadline") long providerBytesAfterDeadline,
        @JsonProperty("policy_deleted_after_ms") long policyDeletedAfterMillis,
        @JsonProperty("allow_egress_after_end") String allowEgressAfterEnd,
        @JsonProperty("egress_closed_verified") boolean egressClosedVerified,
        @JsonProperty("moved_call_answered_after_end") boolean movedCallAnsweredAfterEnd,
        @JsonProperty("cost_records") int costRecords,
        @JsonProperty("cost_records_expected") int costRecordsExpected,
        @JsonProperty("phases") List<String> phases) {

    Figures {
        bargeInMillis = List.copyOf(bargeInMillis);
        phases = List.copyOf(phases);
    }
}
