package dev.redistill.util;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The 64-bit hash XXH3 without a seed, as the specification of xxHash 0.8 defines it. It is fast
 * and well distributed, but whoever chooses the bytes can make them collide.
 */
public final class Xxh3 {

  /* The specification: github.com/Cyan4973/xxHash, doc/xxhash_spec.md. Lengths up to 16, 128 and 240 bytes have a way
  of their own; longer input is worked on in stripes of 64 bytes, each mixed into eight accumulators with
  another part of the secret, and the accumulators are scrambled after every block of 16 stripes. */

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] SECRET =
      HexFormat.of()
          .parseHex(
              "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                  + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                  + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                  + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                  + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                  + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

  private static final long PRIME32_1 = 0x9E3779B1L;
  private static final long PRIME32_2 = 0x85EBCA77L;
  private static final long PRIME32_3 = 0xC2B2AE3DL;
  private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME64_3 = 0x165667B19E3779F9L;
  private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
  private static final long PRIME_MIX_1 = 0x165667919E3779F9L;
  private static final long PRIME_MIX_2 = 0x9FB21C651E98DF25L;

  private static final int STRIPE = 64;
  private static final int STRIPES_PER_BLOCK = (192 - STRIPE) / 8;
  private static final int BLOCK = STRIPE * STRIPES_PER_BLOCK;

  private Xxh3() {}

  /** The hash of a slice. */
  public static long hash(byte[] bytes, int offset, int length) {
    if (length <= 16) {
      return upTo16(bytes, offset, length);
    }
    if (length <= 128) {
      return upTo128(bytes, offset, length);
    }
    if (length <= 240) {
      return upTo240(bytes, offset, length);
    }
    return longer(bytes, offset, length);
  }

  private static long upTo16(byte[] bytes, int offset, int length) {
    if (length > 8) {
      long low = longAt(bytes, offset) ^ secret(24) ^ secret(32);
      long high = longAt(bytes, offset + length - 8) ^ secret(40) ^ secret(48);
      return avalanche(length + Long.reverseBytes(low) + high + fold(low, high));
    }
    if (length >= 4) {
      long first = intAt(bytes, offset);
      long last = intAt(bytes, offset + length - 4);
      return mix(last + (first << 32) ^ secret(8) ^ secret(16), length);
    }
    if (length > 0) {
      long first = bytes[offset] & 0xff;
      long middle = bytes[offset + (length >> 1)] & 0xff;
      long last = bytes[offset + length - 1] & 0xff;
      long all = first << 16 | middle << 24 | last | (long) length << 8;
      return avalanche64(all ^ intAt(SECRET, 0) ^ intAt(SECRET, 4));
    }
    return avalanche64(secret(56) ^ secret(64));
  }

  private static long upTo128(byte[] bytes, int offset, int length) {
    long sum = length * PRIME64_1;
    int end = offset + length;
    for (int pair = (length - 1) / 32; pair >= 0; pair--) {
      sum += mix16(bytes, offset + 16 * pair, 32 * pair);
      sum += mix16(bytes, end - 16 * (pair + 1), 32 * pair + 16);
    }
    return avalanche(sum);
  }

  private static long upTo240(byte[] bytes, int offset, int length) {
    long sum = length * PRIME64_1;
    for (int i = 0; i < 8; i++) {
      sum += mix16(bytes, offset + 16 * i, 16 * i);
    }
    sum = avalanche(sum);
    for (int i = 8; i < length / 16; i++) {
      sum += mix16(bytes, offset + 16 * i, 16 * (i - 8) + 3);
    }
    sum += mix16(bytes, offset + length - 16, 136 - 17);
    return avalanche(sum);
  }

  private static long longer(byte[] bytes, int offset, int length) {
    long[] sums = {
      PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1
    };
    int at = offset;
    int blocks = (length - 1) / BLOCK;
    for (int block = 0; block < blocks; block++) {
      at = accumulate(sums, bytes, at, STRIPES_PER_BLOCK);
      scramble(sums);
    }
    accumulate(sums, bytes, at, (length - 1 - blocks * BLOCK) / STRIPE);
    stripe(sums, bytes, offset + length - STRIPE, SECRET.length - STRIPE - 7);
    long result = length * PRIME64_1;
    for (int i = 0; i < 4; i++) {
      result += fold(sums[2 * i] ^ secret(11 + 16 * i), sums[2 * i + 1] ^ secret(19 + 16 * i));
    }
    return avalanche(result);
  }

  private static int accumulate(long[] sums, byte[] bytes, int offset, int stripes) {
    for (int i = 0; i < stripes; i++) {
      stripe(sums, bytes, offset + i * STRIPE, 8 * i);
    }
    return offset + stripes * STRIPE;
  }

  private static void stripe(long[] sums, byte[] bytes, int offset, int secretAt) {
    for (int i = 0; i < 8; i++) {
      long data = longAt(bytes, offset + 8 * i);
      long key = data ^ secret(secretAt + 8 * i);
      sums[i ^ 1] += data;
      sums[i] += (key & 0xffffffffL) * (key >>> 32);
    }
  }

  private static void scramble(long[] sums) {
    for (int i = 0; i < 8; i++) {
      long sum = sums[i];
      sums[i] = (sum ^ sum >>> 47 ^ secret(SECRET.length - STRIPE + 8 * i)) * PRIME32_1;
    }
  }

  private static long mix16(byte[] bytes, int at, int secretAt) {
    return fold(longAt(bytes, at) ^ secret(secretAt), longAt(bytes, at + 8) ^ secret(secretAt + 8));
  }

  private static long mix(long value, int length) {
    long hash = value;
    hash ^= Long.rotateLeft(hash, 49) ^ Long.rotateLeft(hash, 24);
    hash *= PRIME_MIX_2;
    hash ^= (hash >>> 35) + length;
    hash *= PRIME_MIX_2;
    return hash ^ hash >>> 28;
  }

  private static long avalanche(long value) {
    long hash = value ^ value >>> 37;
    hash *= PRIME_MIX_1;
    return hash ^ hash >>> 32;
  }

  private static long avalanche64(long value) {
    long hash = value ^ value >>> 33;
    hash *= PRIME64_2;
    hash ^= hash >>> 29;
    hash *= PRIME64_3;
    return hash ^ hash >>> 32;
  }

  private static long fold(long x, long y) {
    return x * y ^ Math.unsignedMultiplyHigh(x, y);
  }

  private static long secret(int at) {
    return longAt(SECRET, at);
  }

  private static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  private static long intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at) & 0xffffffffL;
  }
}
