package dev.redistill.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The SHA-256 of a password, which is all that is kept of it.
 *
 * <p>Two of them are compared by their HMAC under a key of this process, over all bytes: how long
 * that takes says nothing about either.
 */
final class PasswordHash {

  private static final int BYTES = 32;
  private static final String HMAC = "HmacSHA256";
  private static final SecretKey KEY = key();

  private final String hex;
  private final byte[] seal;

  private PasswordHash(byte[] digest) {
    hex = HexFormat.of().formatHex(digest);
    seal = seal(digest);
  }

  /** The hash of a password. */
  static PasswordHash of(byte[] password) {
    try {
      return new PasswordHash(MessageDigest.getInstance("SHA-256").digest(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The hash that these hexadecimal digits are. */
  static PasswordHash ofDigits(String digits) {
    boolean wellFormed =
        digits.length() == 2 * BYTES
            && digits
                .chars()
                .allMatch(digit -> HexFormat.isHexDigit(digit) && (digit < 'A' || digit > 'F'));
    if (!wellFormed) {
      throw new BadRuleException(
          "The password hash must be exactly 64 characters and contain only lowercase"
              + " hexadecimal characters");
    }
    return new PasswordHash(HexFormat.of().parseHex(digits));
  }

  /** Whether one of some hashes is this one. It looks at all of them, and at one at least. */
  boolean isAmong(List<PasswordHash> others) {
    boolean found = false;
    for (PasswordHash other : others) {
      found |= MessageDigest.isEqual(seal, other.seal);
    }
    if (others.isEmpty()) {
      found = MessageDigest.isEqual(seal, new byte[BYTES]);
    }
    return found;
  }

  /** The hash in hexadecimal digits. */
  String hex() {
    return hex;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash hash && MessageDigest.isEqual(seal, hash.seal);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return "(hidden)";
  }

  private static SecretKey key() {
    try {
      return KeyGenerator.getInstance(HMAC).generateKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private static byte[] seal(byte[] digest) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(KEY);
      return mac.doFinal(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
