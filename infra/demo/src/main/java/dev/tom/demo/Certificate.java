package dev.tom.demo;

import dev.tom.testkit.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A self-signed certificate for localhost, so that the bridge talks {@code wss} to the demo's provider as it does to a real one.
 *
 * @param keyStore PKCS#12 with the key, for the provider; the bridge trusts it as its trust store
 */
record Certificate(Path keyStore, String password) {

    /** Makes one with the JDK's keytool. */
    static Certificate create(Path javaHome, Path directory) {
        Path keyStore = directory.resolve("provider.p12");
        String password = "demo-only";
        try {
            Files.deleteIfExists(keyStore);
            Process keytool = new ProcessBuilder(List.of(
                            javaHome.resolve("bin/keytool").toString(),
                            "-genkeypair",
                            "-alias",
                            "provider",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            keyStore.toString(),
                            "-storepass",
                            password))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("keytool.log").toFile())
                    .start();
            if (keytool.waitFor() != 0) {
                throw new RunFailure("keytool made no certificate; see " + directory.resolve("keytool.log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run keytool", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted while keytool ran");
        }
        return new Certificate(keyStore, password);
    }

    /** JVM options with which a process trusts it. */
    String trustOptions() {
        return "-Djavax.net.ssl.trustStore=" + keyStore.toAbsolutePath() + " -Djavax.net.ssl.trustStorePassword="
                + password + " -Djavax.net.ssl.trustStoreType=PKCS12";
    }
}
