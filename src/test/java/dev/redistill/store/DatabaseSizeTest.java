package dev.redistill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The number of keys while others write. */
final class DatabaseSizeTest {

  private static final long NOW = 1_000_000;
  private static final int WRITES = 10_000;

  private final Database database = new Database(0, 64, new AccessClock());

  /** It was found as a DBSIZE of 0 and 2 beside a client that only renamed one key. */
  @Test
  void aWriteOfTwoKeys_isCountedWholeOrNotAtAll() throws Exception {
    Probe here = probe("here");
    Probe there = probe("there");
    database.set(here, null, new byte[1], Entry.NEVER);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> writer = thread.submit(() -> moveToAndFro(here, there));
      while (!writer.isDone()) {
        assertThat(database.size()).isEqualTo(1);
      }
      writer.get();
    }
  }

  @Test
  void whoWritesSeveralKeys_countsWhatIsThere() {
    Locks locks = new Locks();
    locks.add(database, probe("a"));
    locks.add(database, probe("b"));
    locks.lock(true);
    database.set(probe("a"), null, new byte[1], Entry.NEVER);
    assertThat(database.size()).isEqualTo(1);
    locks.unlock();
  }

  private void moveToAndFro(Probe here, Probe there) {
    Locks locks = new Locks();
    for (int i = 0; i < WRITES; i++) {
      Probe from = i % 2 == 0 ? here : there;
      Probe to = i % 2 == 0 ? there : here;
      locks.add(database, from);
      locks.add(database, to);
      locks.lock(true);
      Entry entry = database.find(from, NOW);
      if (entry != null) {
        database.remove(entry);
      }
      database.set(to, null, new byte[1], Entry.NEVER);
      locks.unlock();
      LockSupport.parkNanos(1_000);
    }
  }

  private static Probe probe(String key) {
    return new Probe().set(key.getBytes(StandardCharsets.ISO_8859_1));
  }
}
