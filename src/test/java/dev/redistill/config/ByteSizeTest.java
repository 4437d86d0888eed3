package dev.redistill.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "010, 10",
    "1b, 1",
    "1B, 1",
    "1k, 1000",
    "1K, 1000",
    "1kb, 1024",
    "1KB, 1024",
    "1m, 1000000",
    "1mb, 1048576",
    "1g, 1000000000",
    "1gb, 1073741824",
    "20gB, 21474836480",
    "9223372036854775807, 9223372036854775807",
  })
  void units_areThoseOfRedis(String text, long bytes) {
    assertThat(ByteSize.parse(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1t", "1tb", " 1", "1 mb", "+1", "-1", "0x10", "1.5gb", "1kbb", "abc"})
  void anythingElse_isNoAmount(String text) {
    assertThat(ByteSize.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kb"})
  void noDigits_areZeroAsInRedis(String text) {
    assertThat(ByteSize.parse(text)).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "9223372036854775807kb", "99999999999gb"})
  void tooLargeAmounts_areTheLargest(String text) {
    assertThat(ByteSize.parse(text)).hasValue(Long.MAX_VALUE);
  }

  @Test
  void aThousandDigits_areTheLargest() {
    assertThat(ByteSize.parse("9".repeat(1000))).hasValue(Long.MAX_VALUE);
  }
}
