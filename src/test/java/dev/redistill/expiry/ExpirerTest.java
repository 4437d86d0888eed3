package dev.redistill.expiry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import dev.redistill.util.ManualClock;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ExpirerTest {

  private final ManualClock clock = new ManualClock();
  private final Keyspace keyspace = new Keyspace(4, 8);
  private final Expirer expirer = new Expirer(keyspace, clock);

  private static Probe probe(String key) {
    return new Probe().set(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void set(int database, String key, long millis) {
    keyspace
        .database(database)
        .set(
            probe(key),
            null,
            new byte[0],
            millis == Entry.NEVER ? Entry.NEVER : clock.millis() + millis);
  }

  @Test
  void sweep_removesWhatIsDueInEveryDatabase() {
    for (int i = 0; i < 1000; i++) {
      set(0, "a" + i, 100);
      set(3, "b" + i, i);
      set(3, "c" + i, Entry.NEVER);
    }
    assertThat(expirer.sweep()).isZero();
    clock.advance(100);
    assertThat(expirer.sweep()).isEqualTo(100);
    assertThat(keyspace.database(0).size()).isEqualTo(1000);
    clock.advance(1);
    assertThat(expirer.sweep()).isEqualTo(1001);
    assertThat(keyspace.database(0).size()).isZero();
    assertThat(keyspace.database(3).size()).isEqualTo(1899);
    assertThat(keyspace.expired()).isEqualTo(1101);
    assertThat(keyspace.databaseIfUsed(1)).isNull();
  }

  @Test
  void sweep_findsTheNewTimeOfAKeyThatWasPutOff() {
    Database database = keyspace.database(0);
    set(0, "k", 100);
    Entry entry = requireNonNull(database.find(probe("k"), clock.millis()));
    database.expire(entry, clock.millis() + 1000);
    clock.advance(101);
    assertThat(expirer.sweep()).isEqualTo(1);
    assertThat(database.size()).isEqualTo(1);
    clock.advance(899);
    assertThat(expirer.sweep()).isZero();
    assertThat(database.size()).isEqualTo(1);
    clock.advance(1);
    assertThat(expirer.sweep()).isEqualTo(1);
    assertThat(database.size()).isZero();
  }

  @Test
  void sweep_leavesAKeyThatWasMadePersistent() {
    Database database = keyspace.database(0);
    set(0, "k", 100);
    set(0, "l", 100);
    database.expire(requireNonNull(database.find(probe("k"), clock.millis())), Entry.NEVER);
    clock.advance(1000);
    assertThat(expirer.sweep()).isPositive();
    assertThat(database.size()).isEqualTo(1);
    assertThat(database.find(probe("k"), clock.millis())).isNotNull();
  }

  @Test
  void sweep_movesTheClockOfAccesses() {
    clock.advance(5000);
    var unused = expirer.sweep();
    assertThat(keyspace.clock().second()).isEqualTo((int) (clock.millis() / 1000));
  }
}
