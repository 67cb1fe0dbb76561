package dev.tom.bridge.config;

import dev.tom.bridge.call.admission.OverloadSettings;
import dev.tom.bridge.cost.CostSettings;
import dev.tom.bridge.observe.AdminSettings;
import dev.tom.bridge.session.DeskSettings;
import dev.tom.bridge.speech.local.LocalSettings;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import dev.tom.bridge.telephony.TelephonySettings;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a bridge.
 *
 * @param window WINDOW_NAME, possibly empty
 * @param live what may change while the bridge runs
 * @param realtime the provider; its key is empty when the provider is not configured
 * @param local the local pipeline, when there is one
 * @param maxCalls live calls per pod
 * @param overload what happens to calls that the pod has no room for
 * @param warnings one sentence each, for the start of the log
 */
public record BridgeConfig(
        String window,
        LiveConfig live,
        RealtimeSettings realtime,
        Optional<LocalSettings> local,
        TelephonySettings telephony,
        AdminSettings admin,
        CostSettings cost,
        int maxCalls,
        OverloadSettings overload,
        List<String> warnings) {

    public BridgeConfig {
        warnings = List.copyOf(warnings);
    }

    /** How calls are taken. */
    public DeskSettings desk() {
        return desk(live);
    }

    /** How calls are taken after a change. */
    public DeskSettings desk(LiveConfig changed) {
        return new DeskSettings(
                changed.backend(),
                changed.fallback(),
                maxCalls,
                realtime.tuning().turnDetection().patienceMillis(),
                overload);
    }
}
