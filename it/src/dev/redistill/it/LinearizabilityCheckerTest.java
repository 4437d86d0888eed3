package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LinearizabilityCheckerTest {
  private static final String OK = "+OK\r\n";
  private static final String MISSING = "$-1\r\n";
  private int clients = 100;

  @Test
  void aSequenceWithRightRepliesIsLinearizable() {
    assertThat(
            check(
                at(0, 1, "SET a 1", OK),
                at(2, 3, "INCR a", ":2\r\n"),
                at(4, 5, "GET a", Wire.bulk("2")),
                at(6, 7, "EXPIRE a 0", ":1\r\n"),
                at(8, 9, "GET a", MISSING)))
        .isTrue();
  }

  @Test
  void overlappingOperationsMayTakeEffectInAnyOrder() {
    Operation set = at(0, 10, "SET a 1", OK);
    assertThat(check(set, at(1, 2, "GET a", MISSING))).isTrue();
    assertThat(check(set, at(1, 2, "GET a", Wire.bulk("1")))).isTrue();
    assertThat(check(set, at(1, 2, "GET a", MISSING), at(3, 4, "GET a", Wire.bulk("1")))).isTrue();
  }

  @Test
  void theOrderOfAPipelineIsKept() {
    Operation set = at(0, 9, "SET a 1", OK);
    assertThat(check(set, at(0, 10, "GET a", MISSING))).isTrue();
    assertThat(check(set, new Operation(set.client(), 0, 10, get(), List.of(MISSING)))).isFalse();
  }

  @Test
  void aStaleReadIsFound() {
    assertThat(check(at(0, 1, "SET a 1", OK), at(2, 3, "GET a", MISSING))).isFalse();
  }

  @Test
  void aValueThatWasSeenMayNotGoAgain() {
    assertThat(
            check(
                at(0, 10, "SET a 1", OK),
                at(1, 2, "GET a", Wire.bulk("1")),
                at(3, 4, "GET a", MISSING)))
        .isFalse();
  }

  @Test
  void aLostIncrementIsFound() {
    assertThat(check(at(0, 5, "INCR a", ":1\r\n"), at(1, 4, "INCR a", ":1\r\n"))).isFalse();
    assertThat(check(at(0, 5, "INCR a", ":1\r\n"), at(1, 4, "INCR a", ":2\r\n"))).isTrue();
  }

  @Test
  void halfAnMsetIsFound() {
    Operation mset = at(0, 10, "MSET a 1 b 1", OK);
    assertThat(check(mset, at(1, 2, "MGET a b", "*2\r\n$1\r\n1\r\n" + MISSING))).isFalse();
    assertThat(check(mset, at(1, 2, "GET b", Wire.bulk("1")), at(3, 4, "GET a", MISSING)))
        .isFalse();
    assertThat(check(mset, at(1, 2, "GET a", MISSING), at(3, 4, "GET b", Wire.bulk("1")))).isTrue();
  }

  @Test
  void halfATransactionIsFound() {
    Operation exec =
        new Operation(
            0,
            0,
            10,
            List.of(List.of("INCR", "a"), List.of("INCR", "a")),
            List.of(":1\r\n", ":2\r\n"));
    assertThat(check(exec, at(1, 2, "GET a", Wire.bulk("1")))).isFalse();
    assertThat(check(exec, at(1, 2, "GET a", Wire.bulk("2")))).isTrue();
  }

  @Test
  void aDelThatBothClientsWonIsFound() {
    assertThat(
            check(
                at(0, 1, "SET a 1", OK), at(2, 9, "DEL a", ":1\r\n"), at(3, 8, "DEL a", ":1\r\n")))
        .isFalse();
  }

  @Test
  void aRenameSeenOnBothSidesIsFound() {
    Operation set = at(0, 1, "SET a 1", OK);
    Operation rename = at(2, 9, "RENAME a b", OK);
    assertThat(check(set, rename, at(3, 4, "EXISTS a b", ":2\r\n"))).isFalse();
    assertThat(check(set, rename, at(3, 4, "EXISTS a b", ":1\r\n"))).isTrue();
  }

  @Test
  void timesToLiveAreFollowed() {
    assertThat(
            check(
                at(0, 1, "SET a 1", OK),
                at(2, 3, "EXPIRE a 100000", ":1\r\n"),
                at(4, 5, "PERSIST a", ":1\r\n"),
                at(6, 7, "TTL a", ":-1\r\n"),
                at(8, 9, "PERSIST a", ":1\r\n")))
        .isFalse();
  }

  private static List<List<String>> get() {
    return List.of(List.of("GET", "a"));
  }

  /** An operation of a client of its own. */
  private Operation at(long call, long end, String command, String reply) {
    return new Operation(clients++, call, end, List.of(Wire.split(command)), List.of(reply));
  }

  private static boolean check(Operation... history) {
    return LinearizabilityChecker.isLinearizable(List.of(history));
  }
}
