package dev.tom.faults;

import dev.tom.testkit.CallRecord;
import dev.tom.testkit.Spoken;
import java.time.Instant;
import java.util.List;

/**
 * What was seen of one call.
 *
 * @param record both ways of the phone leg
 * @param hungUpByCaller whether the line was alive until the caller put the phone down
 * @param owedFrom since when the caller was owed sound: the first sound of the answer that was struck, else the end of the question
 * @param owedUntil until when: the end of the answer that came
 * @param last the words with which the call was tried at its end
 * @param lastAnswerAt when the answer to them was first heard
 * @param sessions how many provider sessions the call had
 * @param heardByProvider the caller's audio as each of these sessions understood it
 * @param heardLocally the caller's words as the language model was given them, one text per message
 * @param counted by the bridge's metrics in this call
 */
record Evidence(
        CallRecord record,
        boolean hungUpByCaller,
        Instant owedFrom,
        Instant owedUntil,
        Spoken last,
        Instant lastAnswerAt,
        int sessions,
        List<short[]> heardByProvider,
        List<String> heardLocally,
        Counters counted) {

    Evidence {
        heardByProvider = List.copyOf(heardByProvider);
        heardLocally = List.copyOf(heardLocally);
    }
}
