package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.UUID;

/**
 * A certificate that signed itself, made by the JDK's keytool, as PEM.
 *
 * @param chain PEM of the certificate
 * @param key PEM of its key
 */
record MadeCertificate(X509Certificate certificate, String chain, String key) {

    private static final String PASSWORD = "changeit";

    /**
     * @param type RSA or EC
     * @param start of its validity, as keytool takes it: {@code -1d}
     * @param days of its validity
     */
    static MadeCertificate of(Path folder, String type, String start, int days) {
        Path store = folder.resolve(UUID.randomUUID() + ".p12");
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "own",
                            "-keyalg",
                            type,
                            "-dname",
                            "CN=127.0.0.1",
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-startdate",
                            start,
                            "-validity",
                            String.valueOf(days),
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            var certificate = (X509Certificate) keys.getCertificate("own");
            return new MadeCertificate(
                    certificate,
                    pem("CERTIFICATE", certificate.getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey("own", PASSWORD.toCharArray()).getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    /** Writes both files. */
    void into(TlsFiles files) throws IOException {
        Files.writeString(files.key(), key);
        Files.writeString(files.certificate(), chain);
    }
}
