package dev.tom.bench.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A relay, with the same JVM options as the bridge. */
record RelaySubject(String name, Child process, int port, Path gcLog) implements Subject {

    /** @param protocol whether it speaks the provider's protocol, or hands frames on as they are */
    static RelaySubject start(Rig rig, int providerPort, boolean protocol) {
        String name = protocol ? "protocol relay" : "bare relay";
        String file = name.replace(' ', '-');
        Path gcLog = rig.output().resolve(file + "-gc.log");
        List<String> options = new ArrayList<>(rig.jvm());
        options.add("-Xlog:gc:file=" + gcLog);
        List<String> arguments = new ArrayList<>(List.of(
                "relay", "--loops", Integer.toString(rig.loops()), "--provider", Integer.toString(providerPort)));
        if (protocol) {
            arguments.add("--protocol");
        }
        Child relay = rig.side(file, rig.subjectCores(), options, arguments);
        return new RelaySubject(name, relay, relay.line().getInteger("port"), gcLog);
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
