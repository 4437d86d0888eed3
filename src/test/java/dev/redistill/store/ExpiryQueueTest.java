package dev.redistill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExpiryQueueTest {

  private record Place(long time, Entry entry) {}

  private static Entry entry(long expireAt) {
    Database database = new Database(0, 1, new AccessClock());
    Entry entry = database.set(new Probe().set(new byte[0]), null, new byte[0], Entry.NEVER);
    entry.expireAt = expireAt;
    return entry;
  }

  @Test
  void poll_answersInTheOrderOfTime() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      ExpiryQueue queue = new ExpiryQueue(ExpiryQueue.Kind.KEY);
      List<Place> model = new ArrayList<>();
      int limit = 1 + random.nextInt(300);
      for (int step = 0; step < 1000; step++) {
        boolean grow = random.nextInt(limit) >= model.size();
        if (grow) {
          Place place = new Place(random.nextInt(1000), entry(0));
          queue.add(place.time(), place.entry());
          model.add(place);
        } else {
          pollBoth(queue, model, seed);
        }
        assertThat(queue.size()).as("seed %d", seed).isEqualTo(model.size());
      }
      while (!model.isEmpty()) {
        pollBoth(queue, model, seed);
      }
      assertThat(queue.earliest()).isEqualTo(ExpiryQueue.NOTHING);
    }
  }

  private static void pollBoth(ExpiryQueue queue, List<Place> model, long seed) {
    long earliest = model.stream().mapToLong(Place::time).min().orElseThrow();
    assertThat(queue.earliest()).as("seed %d", seed).isEqualTo(earliest);
    Entry polled = queue.poll();
    Place place = model.stream().filter(p -> p.entry() == polled).findFirst().orElseThrow();
    assertThat(place.time()).as("seed %d", seed).isEqualTo(earliest);
    model.remove(place);
  }

  @Test
  void compact_keepsOnePlaceForEachEntryThatNeedsIt() {
    Random random = new Random(7);
    ExpiryQueue queue = new ExpiryQueue(ExpiryQueue.Kind.KEY);
    List<Entry> alive = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Entry entry = entry(i);
      for (int places = 1 + random.nextInt(3); places > 0; places--) {
        queue.add(random.nextInt(1000), entry);
      }
      entry.queued(Entry.KEY_QUEUE, true);
      entry.removed = random.nextInt(4) == 0;
      entry.expireAt = random.nextInt(4) == 0 ? Entry.NEVER : entry.expireAt;
      if (!entry.removed && entry.expires()) {
        alive.add(entry);
      }
    }
    queue.compact();
    alive.sort(Comparator.comparingLong(entry -> entry.expireAt));
    assertThat(queue.size()).isEqualTo(alive.size());
    for (Entry entry : alive) {
      assertThat(queue.earliest()).isEqualTo(entry.expireAt);
      assertThat(queue.poll()).isSameAs(entry);
      assertThat(entry.isQueued(Entry.KEY_QUEUE)).isTrue();
    }
  }

  @Test
  void footprint_shrinksWithTheQueue() {
    ExpiryQueue queue = new ExpiryQueue(ExpiryQueue.Kind.KEY);
    for (int i = 0; i < 100_000; i++) {
      queue.add(i, entry(i));
    }
    long full = queue.footprint();
    for (int i = 0; i < 99_990; i++) {
      queue.poll();
    }
    assertThat(full).isGreaterThan(12L * 100_000);
    assertThat(queue.footprint()).isLessThan(12L * 200);
    assertThat(queue.earliest()).isEqualTo(99_990);
  }
}
