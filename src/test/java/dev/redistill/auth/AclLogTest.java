package dev.redistill.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AclLogTest {

  private final AclLog log = new AclLog();

  private void add(String object, long now) {
    log.add(new AclLog.Refusal(Reason.KEY, false, object, "u"), now, "client " + now, 3);
  }

  @Test
  void theSameRefusalWithinAMinute_isCounted() {
    add("a", 1000);
    add("b", 2000);
    add("a", 3000);
    add("a", 63_001);
    assertThat(log.entries()).extracting(AclLog.Entry::count).containsExactly(1L, 2L, 1L);
    assertThat(log.entries())
        .extracting(AclLog.Entry::client)
        .containsExactly("client 63001", "client 3000", "client 2000");
  }

  @Test
  void theOldest_areForgotten() {
    for (int i = 0; i < 10; i++) {
      add("key" + i, i);
    }
    assertThat(log.entries())
        .extracting(entry -> entry.refusal().object())
        .containsExactly("key9", "key8", "key7");
    log.clear();
    assertThat(log.entries()).isEmpty();
  }

  @Test
  void aLongKey_isCut() {
    add("k".repeat(100_000), 0);
    assertThat(log.entries().getFirst().refusal().object()).hasSize(1024);
  }
}
