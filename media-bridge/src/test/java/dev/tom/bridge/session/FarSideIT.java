package dev.tom.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.telephony.Capability;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls whose far side can say wait, or cannot drop what it has; with a clock that the test moves. */
class FarSideIT {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatWaitsIsKeptAndItsTimeDoesNotPass() {
        Phone phone = asked();
        ScriptedBackend.Link link = rig.provider.last();
        link.answers("a", 5, 2_000, true);
        rig.isSilent(phone, 600);
        int before = phone.heard().size();
        phone.paused = true;
        rig.isSilent(phone, 1_000);
        assertThat(phone.heard()).hasSize(before);
        assertThat(phone.got).extracting(Phone.Got::what).doesNotContain("end");

        phone.paused = false;
        rig.isSilent(phone, 400);
        rig.speaks(phone, 600);
        assertThat(link.orders()).last().asString().startsWith("interrupt a ");
        long played = Long.parseLong(link.orders().getLast().substring("interrupt a ".length()));
        assertThat(played).as("without the second of waiting").isBetween(600L, 1_300L);
    }

    @Test
    void afterAPauseTheWholeAnswerIsHeard() {
        Phone phone = asked();
        rig.provider.last().answers("a", 5, 2_000, true);
        rig.isSilent(phone, 600);
        phone.paused = true;
        rig.isSilent(phone, 3_000);
        phone.paused = false;
        rig.isSilent(phone, 2_000);
        assertThat(phone.heard()).hasSize(100);
        assertThat(rig.observer.phoneDrops).hasValue(0);
    }

    @Test
    void aBargeInClearsAFarSideThatWaitsWhateverIsReckoned() {
        Phone phone = asked();
        rig.provider.last().answers("a", 5, 4_000, true);
        rig.isSilent(phone, 600);
        phone.paused = true;
        rig.isSilent(phone, 1_000);
        int before = phone.heard().size();
        rig.speaks(phone, 600);
        assertThat(phone.got).extracting(Phone.Got::what).contains("clear");
        phone.paused = false;
        rig.isSilent(phone, 300);
        assertThat(phone.heard()).hasSize(before);
    }

    @Test
    void withoutAClearTheRestOfTheLeadIsAllThatIsStillHeard() {
        Phone phone = new Phone(rig.vertx, rig::nowMillis);
        phone.capabilities = Set.of(Capability.HANG_UP);
        rig.on(phone, () -> phone.connect(rig.desk, "c1"));
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        rig.provider.last().answers("a", 5, 4_000, true);
        rig.isSilent(phone, 1_000);
        rig.speaks(phone, 600);
        int heard = phone.heard().size();
        assertThat(phone.got.stream().filter(got -> got.what().equals("0")))
                .as("padding")
                .isEmpty();
        rig.isSilent(phone, 340);
        rig.provider.last().answers("b", 6, 800, true);
        rig.isSilent(phone, 1_500);

        assertThat(phone.heard().subList(heard, phone.heard().size()))
                .hasSize(40)
                .containsOnly(6);
        assertThat(phone.answers()).containsExactly(5, 6);
        assertThat(phone.got.stream().filter(got -> got.what().equals("clear")))
                .as("told once, for a controller that acts on it")
                .hasSize(1);
    }

    private Phone asked() {
        Phone phone = rig.call("c1");
        rig.speaks(phone, 600);
        rig.isSilent(phone, 400);
        return phone;
    }
}
