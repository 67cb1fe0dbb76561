package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The lines of the dialplan without which a live switch plays nothing, or hangs up at the first interruption. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialplanTest {

    private static final Path FILE = Checkout.ROOT.resolve("infra/freeswitch/dialplan_audio_fork.xml");
    private static final Pattern FORK = Pattern.compile("\\$\\{uuid_audio_fork\\((.*)\\)}$");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

    private final List<String> actions = new ArrayList<>();
    private final Document document = parsed();

    private static Document parsed() {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(FILE.toFile());
        } catch (Exception e) {
            throw new IllegalStateException(FILE + " is not well-formed XML", e);
        }
    }

    @BeforeAll
    void readActions() {
        NodeList found = document.getElementsByTagName("action");
        for (int i = 0; i < found.getLength(); i++) {
            var action = (Element) found.item(i);
            actions.add((action.getAttribute("application") + " " + action.getAttribute("data")).strip());
        }
    }

    @Test
    void theCallParksLastWithSilenceToMixInto() {
        assertThat(actions.getLast()).isEqualTo("park");
        assertThat(actions.indexOf("set send_silence_when_idle=-1"))
                .isNotNegative()
                .isLessThan(actions.indexOf("answer"));
        assertThat(actions).noneMatch(action -> action.matches("(playback|endless_playback|sleep|echo)( .*)?"));
    }

    @Test
    void theForkHasItsTenArgumentsAfterTheAnswer() {
        String fork = actions.stream()
                .filter(action -> action.contains("uuid_audio_fork"))
                .findFirst()
                .orElseThrow();
        assertThat(actions.indexOf(fork)).isGreaterThan(actions.indexOf("answer"));
        Matcher command = FORK.matcher(fork);
        assertThat(command.find()).isTrue();
        List<String> words = WORD.matcher(command.group(1))
                .results()
                .map(match -> match.group())
                .toList();
        assertThat(words)
                .containsExactly(
                        "${uuid}",
                        "start",
                        "${tom_bridge_url}",
                        "mono",
                        "8k",
                        "tom",
                        "'{\"callId\":\"${uuid}\",\"caller\":\"${tom_caller}\"}'",
                        "true",
                        "true",
                        "8000");
        assertThat(actions.getFirst()).contains("/v1/fork?rate=8000&playback=stream");
    }

    @Test
    void theCallersNumberPassesAGuardAndNothingElseOfTheCallerIsUsed() {
        NodeList conditions = document.getElementsByTagName("condition");
        String guard = null;
        for (int i = 0; i < conditions.getLength(); i++) {
            var condition = (Element) conditions.item(i);
            if (condition.getAttribute("field").equals("caller_id_number")) {
                guard = condition.getAttribute("expression");
                assertThat(condition.getAttribute("break")).isEqualTo("never");
            }
        }
        assertThat(guard).isNotNull();
        Pattern pattern = Pattern.compile(String.valueOf(guard));
        assertThat(List.of("+4930123456", "4711"))
                .allMatch(number -> pattern.matcher(number).find());
        assertThat(List.of("", "anonymous", "x' true false", "47\"11", "1 2", "+"))
                .noneMatch(number -> pattern.matcher(number).find());
        assertThat(actions)
                .filteredOn(action -> action.contains("${caller") || action.contains("${sip_"))
                .containsExactly("set tom_caller=${caller_id_number}");
    }

    @Test
    void basicAuthenticationComesFromChannelVariables() {
        assertThat(actions)
                .contains(
                        "set MOD_AUDIO_BASIC_AUTH_USERNAME=BRIDGE_USER",
                        "set MOD_AUDIO_BASIC_AUTH_PASSWORD=BRIDGE_PASSWORD");
        assertThat(actions.getFirst()).doesNotContain("@");
    }
}
