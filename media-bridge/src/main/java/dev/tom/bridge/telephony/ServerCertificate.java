package dev.tom.bridge.telephony;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate chain and its key, as read from two files and found to belong together.
 *
 * @param expires end of the server's own certificate
 */
record ServerCertificate(Buffer chain, Buffer key, Instant expires) {

    /** A chain of a dozen certificates. */
    private static final int LARGEST = 256 * 1024;

    /** The bytes of the two files. */
    record Pem(Buffer chain, Buffer key) {
        @Override
        public String toString() {
            return "Pem[]";
        }
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + expires + "]";
    }

    static Pem pem(TlsFiles files) throws IOException {
        return new Pem(read(files.certificate()), read(files.key()));
    }

    private static Buffer read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than " + LARGEST + " bytes");
        }
        return Buffer.buffer(Files.readAllBytes(file));
    }

    /** Blocks while it tries the key. @throws GeneralSecurityException when they cannot be used, or not together */
    static ServerCertificate of(Vertx vertx, Pem pem) throws GeneralSecurityException {
        X509KeyManager manager = manager(vertx, pem);
        String[] aliases = new String[] {"RSA", "EC", "Ed25519", "EdDSA"};
        for (String type : aliases) {
            String[] found = manager.getServerAliases(type, null);
            if (found != null && found.length > 0) {
                X509Certificate own = manager.getCertificateChain(found[0])[0];
                tryOut(manager.getPrivateKey(found[0]), own);
                return new ServerCertificate(
                        pem.chain(), pem.key(), own.getNotAfter().toInstant());
            }
        }
        throw new GeneralSecurityException("no key with a certificate for a server");
    }

    private static X509KeyManager manager(Vertx vertx, Pem pem) throws GeneralSecurityException {
        try {
            KeyManager[] managers =
                    options(pem.chain(), pem.key()).getKeyManagerFactory(vertx).getKeyManagers();
            return (X509KeyManager) managers[0];
        } catch (GeneralSecurityException e) {
            throw e;
        } catch (Exception e) {
            throw new GeneralSecurityException("not PEM of a certificate and a private key", e);
        }
    }

    private static void tryOut(PrivateKey key, X509Certificate own) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] something = {1, 2, 3};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(something);
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(own.getPublicKey());
        checking.update(something);
        if (!checking.verify(signing.sign())) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
    }

    PemKeyCertOptions options() {
        return options(chain, key);
    }

    private static PemKeyCertOptions options(Buffer chain, Buffer key) {
        return new PemKeyCertOptions().addCertValue(chain).addKeyValue(key);
    }
}
