package dev.tom.bench.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bare relay, with the same JVM options as the bridge. */
record RelaySubject(Child process, int port, Path gcLog) implements Subject {

    static RelaySubject start(Rig rig, int providerPort) {
        Path gcLog = rig.output().resolve("relay-gc.log");
        List<String> options = new ArrayList<>(rig.jvm());
        options.add("-Xlog:gc:file=" + gcLog);
        Child relay = rig.side(
                "relay",
                rig.subjectCores(),
                options,
                List.of(
                        "relay",
                        "--loops",
                        Integer.toString(rig.loops()),
                        "--provider",
                        Integer.toString(providerPort)));
        return new RelaySubject(relay, relay.line().getInteger("port"), gcLog);
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String authorization() {
        return "";
    }

    @Override
    public void close() {
        process.close();
    }
}
