package dev.confab.adapter.web.request;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * A cursor names a place in a listing. It is signed together with the listing's query and owner, so that a forged cursor, or one of another
 * listing, is rejected. The place itself is not secret.
 */
public final class Cursors {
    private static final int SIGNATURE_BYTES = 16;
    private final SecretKey key;

    Cursors(SecretKey key) {
        this.key = key;
    }

    /** @param query the listing, its owner included, as text */
    String seal(String query, String place) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(signature(query, place), SIGNATURE_BYTES + text.length);
        System.arraycopy(text, 0, sealed, SIGNATURE_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The place that {@link #seal} was given for the same query, if the request has a cursor. */
    Optional<String> open(String query, Optional<String> cursor) {
        return cursor.map(text -> {
            String place = place(text);
            if (!MessageDigest.isEqual(seal(query, place).getBytes(StandardCharsets.UTF_8),
                    text.getBytes(StandardCharsets.UTF_8))) {
                throw invalid();
            }
            return place;
        });
    }

    public static ProblemException invalid() {
        return new ProblemException(ProblemCode.INVALID_CURSOR, ProblemCode.INVALID_CURSOR.explanation());
    }

    private static String place(String cursor) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cursor);
            if (sealed.length > SIGNATURE_BYTES) {
                return new String(sealed, SIGNATURE_BYTES, sealed.length - SIGNATURE_BYTES, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException notBase64) {
            // The error below is for both faults.
        }
        throw invalid();
    }

    private byte[] signature(String query, String place) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((query.length() + ":" + query).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(place.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
