package dev.redistill.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Xxh3Test {

  @Test
  void hash_isThatOfTheExampleInTheDocumentation() {
    assertThat(hex(Xxh3.hash(bytes("Hello world"), 0, 11))).isEqualTo("b6acb9d84a38ff74");
  }

  @Test
  void hash_keepsLeadingZeros() {
    byte[] bytes =
        bytes(
            "v8lf0c11xh8ymlqztfd3eeq16kfn4sspw7fqmnuuq3k3t75em5wdizgcdw7uc26nnf961u2jkfzkjytls2kwlj"
                + "7626sd");
    assertThat(hex(Xxh3.hash(bytes, 0, bytes.length))).isEqualTo("00006c38adf31777");
  }

  /* What xxhsum -H3 of xxHash 0.8.1 says: every way of the algorithm and both sides of each border. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "0 2d06800538d394c2",
        "1 4c5cca45d0f4811f",
        "2 29c60963cbfa4e6e",
        "3 6e3e2670e61106ac",
        "4 5c4c63133443d03f",
        "5 49f5eb3111280b63",
        "8 f9fd4dd0b04d78f5",
        "9 7c20df9712c26edf",
        "15 b345a7b2698ba575",
        "16 86abf6baccea0858",
        "17 b58bf5dc5022d071",
        "32 e3712ed84c04a66e",
        "33 a4dee99b093e1f73",
        "64 1291d2d4042330dd",
        "65 97c6bf83217e5ec9",
        "96 81296929fc063365",
        "97 f145a45b658ab9dd",
        "128 10d17f72c0ccba41",
        "129 1648bdc3db49d1a2",
        "143 d05ced598f7f87b3",
        "144 b46dbfc6d9e31aba",
        "160 655c8dc33b4b4c4a",
        "239 f0d154819adb16cd",
        "240 b6cfaf343fab81e6",
        "241 956cae592c67279e",
        "256 b15e550733c5dfac",
        "512 f3daee1367be4526",
        "1023 df6d4cdaf9acd422",
        "1024 9fb9947417c15b80",
        "1025 fe1b47100b1d79d8",
        "1088 f8d459d5974f3cd7",
        "1089 1cf5c52dc80ce87e",
        "2048 650cf45cdde6160a",
        "4096 0daed5401db51994",
        "65536 432e56eb81cf4602"
      })
  void hash_isThatOfTheReferenceAtEveryLength(int length, String expected) {
    byte[] bytes = new byte[length + 7];
    for (int i = 0; i < length; i++) {
      bytes[i + 5] = (byte) ((i * 131 + 7) ^ (i >> 8));
    }
    assertThat(hex(Xxh3.hash(bytes, 5, length))).isEqualTo(expected);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(long hash) {
    return HexFormat.of().toHexDigits(hash);
  }
}
