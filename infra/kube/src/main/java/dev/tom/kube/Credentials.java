package dev.tom.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secrets of one throwaway control plane: two static tokens and the key that signs ServiceAccount tokens. The API server
 * makes its own certificate, so no CA is needed here.
 *
 * @param tokens file for {@code --token-auth-file}
 * @param signingKey private key, PKCS #8 PEM
 * @param verifyingKey its public key, PEM
 * @param adminToken of a user in {@code system:masters}
 * @param controllerToken of {@code system:kube-controller-manager}
 */
record Credentials(Path tokens, Path signingKey, Path verifyingKey, String adminToken, String controllerToken) {

    static Credentials create(Path directory) throws IOException {
        var random = new SecureRandom();
        var created = new Credentials(
                directory.resolve("tokens.csv"),
                directory.resolve("service-account.key"),
                directory.resolve("service-account.pub"),
                token(random),
                token(random));
        write(
                created.tokens,
                created.adminToken + ",admin,admin,system:masters\n" + created.controllerToken
                        + ",system:kube-controller-manager,controller-manager\n");
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            write(created.signingKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            write(created.verifyingKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 key", e);
        }
        return created;
    }

    private static String token(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
