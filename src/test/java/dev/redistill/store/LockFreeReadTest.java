package dev.redistill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** One thread writes a bounded number of times while others read what has to hold at any moment. */
final class LockFreeReadTest {

  private static final long NOW = 1_000_000;
  private static final int WRITES = 200_000;
  private static final int ABSENT = -2;
  private static final int VALUE = 4_000;

  private final Database database = new Database(0, 1, new AccessClock());
  private final AtomicBoolean done = new AtomicBoolean();

  private static Probe probe(String key) {
    return new Probe().set(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] value(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void set(Probe probe, int number) {
    database.set(probe, database.find(probe, NOW), value(number), Entry.NEVER);
  }

  private void remove(Probe probe) {
    Entry entry = database.find(probe, NOW);
    if (entry != null) {
      database.remove(entry);
    }
  }

  /** Reads as a connection does: without the lock, and with it where that does not tell. */
  private int read(Lookup lookup, Probe probe) {
    if (lookup.tryRead(database, probe, NOW) == Lookup.Worth.NOTHING) {
      var lock = database.lock(probe);
      try {
        lookup.read(database, probe, NOW);
      } finally {
        lock.unlock();
      }
    }
    Object value = lookup.value();
    return value == null
        ? ABSENT
        : Integer.parseInt(new String((byte[]) value, StandardCharsets.ISO_8859_1));
  }

  private void race(Runnable writer, Callable<Integer> reader) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> readers = new ArrayList<>();
      readers.add(threads.submit(reader));
      readers.add(threads.submit(reader));
      try {
        threads.submit(writer).get();
      } finally {
        done.set(true);
      }
      for (Future<Integer> future : readers) {
        assertThat(future.get()).isPositive();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private void writeTogether(Probe first, Probe second, Runnable write) {
    Locks locks = new Locks();
    locks.add(database, first);
    locks.add(database, second);
    locks.lock(true);
    try {
      write.run();
    } finally {
      locks.unlock();
    }
  }

  @Test
  void aKeyThatIsThere_isFound_whileItsTableGrowsAndShrinks() throws Exception {
    List<Probe> stable = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stable.add(probe("stable" + i));
      set(stable.get(i), i);
    }
    race(
        () -> {
          List<Probe> others = new ArrayList<>();
          for (int i = 0; i < 500; i++) {
            others.add(probe("other" + i));
          }
          for (int i = 0; i < WRITES; i++) {
            Probe other = others.get(i % 500);
            var lock = database.lock(other);
            try {
              if (i / 500 % 2 == 0) {
                set(other, i);
              } else {
                remove(other);
              }
            } finally {
              lock.unlock();
            }
          }
        },
        () -> {
          Lookup lookup = new Lookup();
          int reads = 0;
          while (!done.get()) {
            int i = reads++ % 20;
            assertThat(read(lookup, stable.get(i))).isEqualTo(i);
          }
          return reads;
        });
  }

  @Test
  void aValueOfAHash_isNeverReadHalfOverwritten() throws Exception {
    Probe key = probe("hash");
    overwrite(key, 0);
    race(
        () -> {
          for (int i = 1; i <= WRITES; i++) {
            overwrite(key, i);
          }
        },
        () -> {
          Lookup lookup = new Lookup();
          Field field = field();
          int reads = 0;
          while (!done.get()) {
            byte[] copy = new byte[VALUE];
            if (lookup.tryRead(database, key, NOW) == Lookup.Worth.NOTHING
                || !(lookup.value() instanceof PackedHash hash && hash.find(field, NOW))) {
              continue;
            }
            System.arraycopy(field.valueBytes(), field.valueOffset(), copy, 0, VALUE);
            if (!lookup.hasChanged()) {
              assertThat(Arrays.mismatch(copy, 0, VALUE - 1, copy, 1, VALUE)).isEqualTo(-1);
              reads++;
            }
          }
          return reads;
        });
  }

  private static Field field() {
    byte[] name = value(1);
    return new Field().name(name, 0, name.length);
  }

  private void overwrite(Probe key, int number) {
    byte[] value = new byte[VALUE];
    Arrays.fill(value, (byte) number);
    var lock = database.lock(key);
    try {
      HashEdit edit = new HashEdit(database, key, database.find(key, NOW), NOW).alone();
      assertThat(edit.put(field().value(value))).isEqualTo(number == 0);
      assertThat(edit.commit()).isTrue();
    } finally {
      lock.unlock();
    }
  }

  @Test
  void whoHasSeenOneKeyOfAWriteOfTwo_seesTheOther() throws Exception {
    Probe first = probe("first");
    Probe second = probe("second");
    set(first, 0);
    set(second, 0);
    race(
        () -> {
          Probe a = probe("first");
          Probe b = probe("second");
          for (int i = 1; i <= WRITES; i++) {
            int number = i;
            writeTogether(
                a,
                b,
                () -> {
                  set(a, number);
                  set(b, number);
                });
          }
        },
        () -> {
          Lookup lookup = new Lookup();
          int reads = 0;
          while (!done.get()) {
            int before = read(lookup, first);
            int after = read(lookup, second);
            assertThat(after).isGreaterThanOrEqualTo(before);
            reads++;
          }
          return reads;
        });
  }

  @Test
  void nobodySeesTheStepsOfATransaction() throws Exception {
    Probe key = probe("key");
    Probe other = probe("other");
    set(key, 0);
    race(
        () -> {
          Probe a = probe("key");
          for (int i = 1; i <= WRITES; i++) {
            int number = i;
            writeTogether(
                a,
                other,
                () -> {
                  set(a, -1);
                  if (number % 3 == 0) {
                    remove(a);
                  }
                  set(a, number);
                });
          }
        },
        () -> {
          Lookup lookup = new Lookup();
          int reads = 0;
          int last = 0;
          while (!done.get()) {
            int seen = read(lookup, key);
            assertThat(seen).isGreaterThanOrEqualTo(last);
            last = seen;
            reads++;
          }
          return reads;
        });
  }

  @Test
  void aNewKeyIsNeverThereWithoutItsExpiry() throws Exception {
    Probe key = probe("key");
    race(
        () -> {
          Probe a = probe("key");
          for (int i = 1; i <= WRITES; i++) {
            var lock = database.lock(a);
            try {
              database.set(a, null, value(i), NOW + 1000);
              remove(a);
            } finally {
              lock.unlock();
            }
          }
        },
        () -> {
          Lookup lookup = new Lookup();
          int reads = 0;
          while (!done.get()) {
            Entry entry =
                lookup.tryRead(database, key, NOW) == Lookup.Worth.SURE ? lookup.entry() : null;
            assertThat(entry == null || entry.expires()).isTrue();
            reads++;
          }
          return reads;
        });
  }
}
