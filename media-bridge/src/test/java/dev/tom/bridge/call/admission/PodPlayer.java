package dev.tom.bridge.call.admission;

import dev.tom.bridge.call.Transcript;
import dev.tom.bridge.call.admission.AdmissionRules.Arrival;
import dev.tom.bridge.call.admission.AdmissionRules.Situation;
import dev.tom.bridge.speech.BackendKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A pod as its ladder and its admission see it. Lines:
 *
 * <ul>
 *   <li>{@code pod ACTIVE MAX PREFERRED PERMIT TRUSTED LOCAL}, {@code settings LOOP_LATE LOCAL_WAIT EXTENSION REDIRECT DRAIN_REDIRECT}, a dash
 *       for none
 *   <li>{@code SECONDS Event arguments}: effects and the new state; {@code FROM..TO/STEP Event arguments} repeats it and shows only what
 *       has effects, and the last state
 *   <li>{@code call}, {@code call HOPS}, {@code call HOPS stays}: what becomes of a call, its redirects so far, and whether its switch stays
 *       where it is
 * </ul>
 */
final class PodPlayer implements Transcript.Player {

    private OverloadState state = OverloadState.QUIET;
    private OverloadSettings settings = OverloadSettings.DEFAULT;
    private int active = 3;
    private int most = 10;
    private BackendKind preferred = BackendKind.PROVIDER;
    private boolean permit = true;
    private boolean trusted = true;
    private boolean local = true;

    @Override
    public List<String> play(String line) {
        List<String> words = Transcript.words(line);
        return switch (words.getFirst()) {
            case "pod" -> {
                active = Integer.parseInt(words.get(1));
                most = Integer.parseInt(words.get(2));
                preferred = BackendKind.valueOf(words.get(3));
                permit = Boolean.parseBoolean(words.get(4));
                trusted = Boolean.parseBoolean(words.get(5));
                local = Boolean.parseBoolean(words.get(6));
                yield List.of();
            }
            case "settings" -> {
                settings = new OverloadSettings(
                        Long.parseLong(words.get(1)),
                        Long.parseLong(words.get(2)),
                        none(words.get(3)),
                        none(words.get(4)),
                        none(words.get(5)));
                yield List.of();
            }
            case "call" -> {
                int hops = words.size() > 1 ? Integer.parseInt(words.get(1)) : 0;
                var situation = new Situation(active, most, state, preferred, permit, trusted, local);
                yield List.of("-> "
                        + Transcript.show(
                                AdmissionRules.decide(situation, new Arrival(words.size() < 3, hops), settings)));
            }
            default -> measured(words);
        };
    }

    private List<String> measured(List<String> words) {
        String[] times = words.getFirst().split("\\.\\.|/");
        long step = times.length == 3 ? Long.parseLong(times[2]) : 1;
        long last = Long.parseLong(times[times.length == 3 ? 1 : 0]);
        List<String> answer = new ArrayList<>();
        for (long at = Long.parseLong(times[0]); at <= last; at += step) {
            var event = Transcript.parse(OverloadLadder.Event.class, words.get(1), words.subList(2, words.size()));
            OverloadLadder.Step next = OverloadLadder.step(state, event, at * 1_000, settings);
            state = next.state();
            String when = times.length == 3 ? at + " -> " : "-> ";
            next.effects().forEach(effect -> answer.add(when + Transcript.show(effect)));
        }
        answer.add(Transcript.show(state.loops()) + ", " + Transcript.show(state.local())
                + (state.draining() ? ", draining" : ""));
        return answer;
    }

    private static String none(String word) {
        return word.equals("-") ? "" : word;
    }
}
