package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.BlockedClients;
import org.junit.jupiter.api.Test;

final class WaitCommandsTest {

  private final Console console = new Console();

  @Test
  void wait_waitsForReplicasUntilItsTimeIsOver() {
    long before = console.now();
    assertThat(console.run("WAIT", "1", "1200")).isEqualTo("(integer) 0");
    assertThat(console.now() - before).isEqualTo(1200);
    assertThat(console.services().blockedClients().count()).isZero();
  }

  @Test
  void wait_doesNotWaitForNoReplicasOrInsideATransaction() {
    long before = console.now();
    assertThat(console.run("WAIT", "0", "1000")).isEqualTo("(integer) 0");
    assertThat(console.run("WAIT", "-1", "1000")).isEqualTo("(integer) 0");
    console.run("MULTI");
    console.run("WAIT", "1", "0");
    assertThat(console.run("EXEC")).isEqualTo("[(integer) 0]");
    assertThat(console.now()).isEqualTo(before);
  }

  @Test
  void wait_checksItsArgumentsInOrder() {
    assertThat(console.run("WAIT", "x", "-1"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(console.run("WAIT", "0", "1.5"))
        .isEqualTo("(error) ERR timeout is not an integer or out of range");
    assertThat(console.run("WAIT", "0", "-1")).isEqualTo("(error) ERR timeout is negative");
  }

  @Test
  void theTimeThatAWaitTakes_isNotTheTimeOfTheCommand() {
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "1000");
    console.run("WAIT", "1", "5000");
    assertThat(console.run("SLOWLOG", "LEN")).isEqualTo("(integer) 0");
    assertThat(console.run("INFO", "commandstats")).contains("cmdstat_wait:calls=1,usec=0,");
  }

  @Test
  void aKeyThatExpiresDuringTheWait_isGoneForTheNextCommand() {
    console.run("SET", "a", "1", "PX", "50");
    console.run("WAIT", "1", "100");
    assertThat(console.run("GET", "a")).isEqualTo("(nil)");
  }

  @Test
  void waitaof_knowsThatThereIsNoFile() {
    assertThat(console.run("WAITAOF", "0", "1", "10")).isEqualTo("[(integer) 0, (integer) 0]");
    assertThat(console.run("WAITAOF", "1", "0", "10"))
        .isEqualTo(
            "(error) ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.");
  }

  @Test
  void unblock_endsOnlyAWait() {
    assertThat(console.run("CLIENT", "UNBLOCK", "1")).isEqualTo("(integer) 0");
    assertThat(console.services().blockedClients().unblock(1, BlockedClients.End.ERROR)).isFalse();
    assertThat(console.run("CLIENT", "UNBLOCK", "x", "FOO"))
        .isEqualTo("(error) ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
  }
}
