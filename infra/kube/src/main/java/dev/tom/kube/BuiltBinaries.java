package dev.tom.kube;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Binaries made here by Go, once per state of their sources. */
record BuiltBinaries() implements ClusterSource {

    @Override
    public Outcome open(ClusterSettings settings, Consumer<String> progress) {
        BuildScript script = BuildScript.in(settings.root());
        if (!script.exists()) {
            return new Outcome.NotHere("no infra/kube/build below " + settings.root());
        }
        BuildScript.Result built = script.build(progress);
        Optional<Path> programs = built.folder().flatMap(PresentBinaries::complete);
        return programs.isPresent()
                ? PresentBinaries.start(programs.get(), "binaries built by infra/kube/build in " + programs.get())
                : new Outcome.NotHere(built.lastWords());
    }
}
