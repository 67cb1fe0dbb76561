package dev.tom.kube;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Binaries that are already on this machine: built from these sources earlier, or in the folder of kube-api-test. */
record PresentBinaries() implements ClusterSource {

    static final String CONTROLLERS = "kube-controller-manager";
    static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver", CONTROLLERS);

    @Override
    public Outcome open(ClusterSettings settings, Consumer<String> progress) {
        var folders = new ArrayList<Path>();
        BuildScript.in(settings.root()).builtBefore().ifPresent(folders::add);
        folders.addAll(settings.binaries());
        for (Path folder : folders) {
            Optional<Path> programs = complete(folder);
            if (programs.isPresent()) {
                return start(programs.get(), "binaries in " + programs.get());
            }
        }
        return new Outcome.NotHere("no binaries with a kube-controller-manager in " + folders);
    }

    /** Starts a control plane from a folder of programs. */
    static Outcome start(Path programs, String origin) {
        try {
            ControlPlane plane = ControlPlane.start(programs);
            return new Outcome.Opened(TestCluster.throwaway(plane.kubeconfig(), "kube-apiserver, " + origin, plane)
                    .withKubectl(programs)
                    .with(plane));
        } catch (ClusterUnavailableException e) {
            return new Outcome.NotHere("the " + origin + " do not start: " + e.getMessage());
        }
    }

    /** The newest {@code <folder>/k8s/<version>-<os>-<arch>} that holds all programs. */
    static Optional<Path> complete(Path folder) {
        Path versions = folder.resolve("k8s");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(versions, "*-" + Platform.ofThisMachine())) {
            for (Path entry : entries) {
                if (PROGRAMS.stream().allMatch(name -> Files.isExecutable(entry.resolve(name)))) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return found.stream().max(Platform.BY_VERSION);
    }
}
