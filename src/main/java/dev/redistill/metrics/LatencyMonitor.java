package dev.redistill.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Moments in which something took long, by the kind of event. Guarded by its own lock. */
public final class LatencyMonitor {

  private static final int REMEMBERED = 160;

  /**
   * One such moment.
   *
   * @param second when, in Unix seconds
   * @param millis how long it took; the longest if there were several in that second
   */
  public record Sample(long second, long millis) {}

  /**
   * What is known of an event.
   *
   * @param name the event
   * @param last when it last happened
   * @param worst the most milliseconds it has ever taken
   */
  public record Summary(String name, Sample last, long worst) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Event> events = new TreeMap<>();
  private volatile long threshold;

  /** The samples of one event, the oldest first. */
  private static final class Event {
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long worst;

    void add(Sample sample) {
      Sample last = samples.peekLast();
      worst = Math.max(worst, sample.millis());
      if (last != null && last.second() == sample.second()) {
        samples.removeLast();
        samples.addLast(last.millis() > sample.millis() ? last : sample);
        return;
      }
      samples.addLast(sample);
      if (samples.size() > REMEMBERED) {
        samples.removeFirst();
      }
    }
  }

  /** Sets how many milliseconds an event takes to be recorded; with 0 none is. */
  public void threshold(long millis) {
    threshold = millis;
  }

  /** Whether any event is recorded. */
  public boolean isOn() {
    return threshold > 0;
  }

  /** Whether an event is recorded that took so long. */
  public boolean isLong(long millis) {
    long least = threshold;
    return least > 0 && millis >= least;
  }

  /** Records that an event took long. */
  public void add(String event, Sample sample) {
    lock.lock();
    try {
      events.computeIfAbsent(event, name -> new Event()).add(sample);
    } finally {
      lock.unlock();
    }
  }

  /** The samples of an event, the oldest first. */
  public List<Sample> history(String event) {
    lock.lock();
    try {
      @Nullable Event found = events.get(event);
      return found == null ? List.of() : List.copyOf(found.samples);
    } finally {
      lock.unlock();
    }
  }

  /** All events by their names. */
  public List<Summary> latest() {
    lock.lock();
    try {
      List<Summary> summaries = new ArrayList<>();
      events.forEach(
          (name, event) -> summaries.add(new Summary(name, event.samples.getLast(), event.worst)));
      return summaries;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets an event; answers whether there was any. */
  public boolean reset(String event) {
    lock.lock();
    try {
      return events.remove(event) != null;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all events; answers how many there were. */
  public int resetAll() {
    lock.lock();
    try {
      int count = events.size();
      events.clear();
      return count;
    } finally {
      lock.unlock();
    }
  }
}
