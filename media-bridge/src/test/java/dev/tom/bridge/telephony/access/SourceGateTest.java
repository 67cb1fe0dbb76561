package dev.tom.bridge.telephony.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.telephony.access.SourceGate.Account;
import dev.tom.bridge.telephony.access.SourceGate.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceGateTest {

    private static final SourceLimits LIMITS = new SourceLimits(2, 10, 3, 1, 2, 3);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SourceGate gate = new SourceGate(LIMITS, 0);

    @Test
    void aSourceHasItsBurstThenItsRateAndOthersAreNotDisturbed() {
        for (int i = 0; i < 3; i++) {
            assertThat(arrives("10.0.0.1", 0)).isInstanceOf(Answer.Welcome.class);
        }
        assertThat(arrives("10.0.0.1", 0))
                .isEqualTo(new Answer.TooMuch(1, "More than 10 new sockets a second from this address"));
        assertThat(arrives("10.0.0.2", 0)).isInstanceOf(Answer.Welcome.class);
        assertThat(arrives("10.0.0.1", SECOND / 10)).isInstanceOf(Answer.Welcome.class);
        assertThat(arrives("10.0.0.1", SECOND / 10)).isInstanceOf(Answer.TooMuch.class);
    }

    @Test
    void openSocketsAreCountedUntilTheyAreGone() {
        Account source = welcome("10.0.0.1", 0);
        source.opened();
        source.opened();
        assertThat(arrives("10.0.0.1", 0))
                .isEqualTo(new Answer.TooMuch(5, "This address has 2 sockets open, which is the most"));
        source.closed();
        assertThat(arrives("10.0.0.1", SECOND)).isInstanceOf(Answer.Welcome.class);
    }

    @Test
    void wrongProofsLockASourceForAWhile() {
        Account source = welcome("10.0.0.1", 0);
        source.failed(0);
        assertThat(arrives("10.0.0.1", 0)).isInstanceOf(Answer.Welcome.class);
        source.failed(0);
        assertThat(arrives("10.0.0.1", 0))
                .isEqualTo(new Answer.TooMuch(2, "Too many wrong tokens or passwords from this address"));
        assertThat(arrives("10.0.0.1", SECOND)).isInstanceOf(Answer.Welcome.class);
    }

    @Test
    void aNetworkOfIpv6IsOneSource() {
        welcome("2001:db8:0:1:a:b:c:d", 0).opened();
        welcome("2001:db8:0:1:0:0:0:1", 0).opened();
        assertThat(arrives("2001:db8:0:1:9:9:9:9", SECOND)).isInstanceOf(Answer.TooMuch.class);
        assertThat(arrives("2001:db8:0:2:a:b:c:d", SECOND)).isInstanceOf(Answer.Welcome.class);
    }

    @Test
    void theTableIsBoundedAndWhoHasSocketsKeepsItsAccount() {
        Account first = welcome("10.0.0.1", 0);
        first.opened();
        welcome("10.0.0.2", 0).opened();
        welcome("10.0.0.3", 0).opened();
        Account others = welcome("10.0.0.4", 0);
        assertThat(welcome("10.0.0.5", 0)).isSameAs(others);
        assertThat(welcome("10.0.0.1", SECOND)).isSameAs(first);

        first.closed();
        assertThat(welcome("10.0.0.6", 2 * SECOND)).isNotSameAs(others);
        assertThat(welcome("10.0.0.1", 2 * SECOND)).isSameAs(others);
    }

    private Answer arrives(String address, long nowNanos) {
        return gate.arrives(address, nowNanos);
    }

    private Account welcome(String address, long nowNanos) {
        Answer answer = arrives(address, nowNanos);
        assertThat(answer).isInstanceOf(Answer.Welcome.class);
        return ((Answer.Welcome) answer).account();
    }
}
