package dev.tom.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.config.Kind;
import dev.tom.bridge.config.Setting;
import dev.tom.crds.v1alpha1.BridgeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code spec.bridge.settings} may name, held against the bridge's own catalogue. */
class BridgeSettingsTest {

    /** Settings that have a field of their own, or that the operator decides for the pod. */
    private static final Set<String> OWNED = Set.of(
            "REALTIME_WS_URL",
            "REALTIME_MODEL",
            "REALTIME_VOICE",
            "REALTIME_INSTRUCTIONS",
            "LANGUAGE",
            "SPEECH_WORKER_URL",
            "PIPER_VOICE",
            "LOCAL_LLM_URL",
            "LOCAL_LLM_MODEL",
            "TELEPHONY_HOST",
            "TELEPHONY_PORT",
            "TELEPHONY_AUTH",
            "TELEPHONY_JWKS_URL",
            "MAX_CALLS",
            "ADMIN_HOST",
            "ADMIN_PORT",
            "PROVIDER_PROXY",
            "WINDOW_NAME");

    @ParameterizedTest
    @EnumSource(Setting.class)
    void whatIsLiveSecretAFileOrOwnedIsNotOpen(Setting setting) {
        boolean closed = setting.live()
                || setting.secret()
                || setting.kind() instanceof Kind.File
                || OWNED.contains(setting.name());
        if (closed) {
            assertThat(BridgeSettings.open(setting.name())).isFalse();
        }
    }

    @Test
    void everyOpenNameIsASettingOfTheBridge() throws IOException {
        String crd = Files.readString(Path.of("..", "crds", "crds", "testwindows.tom.dev-v1.yml"));
        String list = Pattern.compile("name in \\[(.*?)]", Pattern.DOTALL)
                .matcher(crd)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        List<String> open = Pattern.compile("[A-Z][A-Z_]+")
                .matcher(list)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(new TreeSet<>(open))
                .hasSizeGreaterThan(20)
                .isEqualTo(Arrays.stream(Setting.values())
                        .map(Setting::name)
                        .filter(BridgeSettings::open)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
