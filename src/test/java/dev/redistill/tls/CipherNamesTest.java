package dev.redistill.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CipherNamesTest {

  @ParameterizedTest
  @CsvSource({
    "ECDHE-RSA-AES128-GCM-SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-RSA-CHACHA20-POLY1305, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "DHE-RSA-AES256-GCM-SHA384, TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256",
  })
  void aNameOfOpenSsl_becomesThatOfJava(String name, String ofJava) {
    assertThat(CipherNames.split(name)).containsExactly(ofJava);
  }

  @Test
  void aList_isSplitAtColons() {
    assertThat(CipherNames.split("A: B ::C")).containsExactly("A", "B", "C");
  }
}
