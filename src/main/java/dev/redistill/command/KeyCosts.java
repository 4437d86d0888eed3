package dev.redistill.command;

import dev.redistill.command.KeyCounts.Event;
import dev.redistill.command.Ranking.Ranked;
import dev.redistill.metrics.ProcessFigures;
import dev.redistill.metrics.ProcessFigures.CpuTime;
import dev.redistill.resp.Request;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Which keys cost most while HOTKEYS watches: the time of their commands, and the bytes that come
 * and go for them. Nothing is measured for it otherwise. Safe for all threads.
 */
public final class KeyCosts {

  private static final int PLACES_PER_KEY = 8;

  /** What keys can be compared by. */
  public enum Metric {
    CPU,
    NET
  }

  /**
   * What is asked for.
   *
   * @param metrics what keys are compared by
   * @param count how many keys are told of
   * @param seconds after how many seconds the watch ends by itself, 0 for never
   * @param ratio one in how many commands is looked at
   */
  public record Options(Set<Metric> metrics, int count, long seconds, int ratio) {}

  /**
   * A key.
   *
   * @param name the bytes of it
   * @param cost microseconds, or bytes
   */
  public record Cost(byte[] name, long cost) {}

  /**
   * What was found.
   *
   * @param on whether the watch goes on
   * @param options what was asked for
   * @param startedAt when it began, in Unix milliseconds
   * @param millis how long it went on
   * @param micros the time of all commands that were looked at
   * @param bytes the bytes that came and went for them
   * @param cpu the processor time of the server meanwhile
   */
  public record Report(
      boolean on,
      Options options,
      long startedAt,
      long millis,
      long micros,
      long bytes,
      CpuTime cpu) {}

  private static final class Watch {

    final Options options;
    final long startedAt;
    final CpuTime cpuBefore = ProcessFigures.cpuTime();
    final Ranking byTime;
    final Ranking byBytes;
    final AtomicInteger runs = new AtomicInteger();
    final LongAdder nanos = new LongAdder();
    final LongAdder bytes = new LongAdder();
    volatile long endedAt;
    volatile CpuTime cpu = new CpuTime(0, 0);

    Watch(Options options, long now) {
      this.options = options;
      startedAt = now;
      byTime = new Ranking(options.count() * PLACES_PER_KEY);
      byBytes = new Ranking(options.count() * PLACES_PER_KEY);
    }

    boolean isOver(long now) {
      return options.seconds() > 0 && now - startedAt >= options.seconds() * 1000;
    }

    CpuTime cpuTime() {
      CpuTime now = ProcessFigures.cpuTime();
      return new CpuTime(now.user() - cpuBefore.user(), now.system() - cpuBefore.system());
    }

    void end(long now) {
      cpu = cpuTime();
      endedAt = now;
    }
  }

  private volatile @Nullable Watch watch;
  private volatile boolean on;
  private volatile Runnable onChange = () -> {};

  /** Calls this whenever a watch begins or ends. */
  void onChange(Runnable listener) {
    onChange = listener;
  }

  boolean isOn() {
    return on;
  }

  /** Begins to watch; answers false if that goes on already. */
  public synchronized boolean start(Options options, long now) {
    endIfOver(now);
    if (on) {
      return false;
    }
    watch = new Watch(options, now);
    turn(true);
    return true;
  }

  /** Ends the watch; what was found stays. Answers false if there was none. */
  public synchronized boolean stop(long now) {
    endIfOver(now);
    Watch present = watch;
    if (present == null || !on) {
      return false;
    }
    present.end(now);
    turn(false);
    return true;
  }

  /** Forgets what was found; answers false if the watch goes on. */
  public synchronized boolean reset(long now) {
    endIfOver(now);
    if (on) {
      return false;
    }
    watch = null;
    return true;
  }

  private synchronized void endIfOver(long now) {
    Watch present = watch;
    if (present != null && on && present.isOver(now)) {
      present.end(present.startedAt + present.options.seconds() * 1000);
      turn(false);
    }
  }

  private void turn(boolean yes) {
    on = yes;
    onChange.run();
  }

  /** A command has run for so long and answered so many bytes. */
  void note(Command command, Call call, long nanos, long replied) {
    Watch present = watch;
    if (present == null || command.keys().first() == 0) {
      return;
    }
    if (present.isOver(call.now())) {
      endIfOver(call.now());
      return;
    }
    int ratio = present.options.ratio();
    if (ratio > 1 && Math.floorMod(present.runs.getAndIncrement(), ratio) != 0) {
      return;
    }
    Request request = call.request();
    long bytes = request.size() + Math.max(0, replied);
    present.nanos.add(nanos);
    present.bytes.add(bytes);
    count(present, command.keys(), call, nanos, bytes);
  }

  /** Several keys share the cost of their command. */
  private static void count(Watch watch, KeySpec keys, Call call, long nanos, long bytes) {
    int end = keys.end(call.request());
    int count = Math.max(1, (end - keys.first() + keys.step() - 1) / Math.max(1, keys.step()));
    for (int place = keys.first(); place < end; place += keys.step()) {
      if (watch.options.metrics().contains(Metric.CPU)) {
        watch.byTime.count(0, call.probe(place), Event.HIT, part(nanos, count));
      }
      if (watch.options.metrics().contains(Metric.NET)) {
        watch.byBytes.count(0, call.probe(place), Event.HIT, part(bytes, count));
      }
    }
  }

  private static int part(long all, int count) {
    return Math.clamp(all / count, 0, Integer.MAX_VALUE);
  }

  /** What was found so far or by the last watch, or null if there was none. */
  public @Nullable Report report(long now) {
    endIfOver(now);
    Watch present = watch;
    if (present == null) {
      return null;
    }
    boolean goesOn = present.endedAt == 0;
    return new Report(
        goesOn,
        present.options,
        present.startedAt,
        (goesOn ? now : present.endedAt) - present.startedAt,
        present.nanos.sum() / 1000,
        present.bytes.sum(),
        goesOn ? present.cpuTime() : present.cpu);
  }

  /** The keys that cost most, those first; in microseconds or bytes. */
  public List<Cost> costs(Metric metric) {
    Watch present = watch;
    if (present == null) {
      return List.of();
    }
    boolean time = metric == Metric.CPU;
    List<Ranked> all = (time ? present.byTime : present.byBytes).all();
    return all.stream()
        .limit(present.options.count())
        .map(key -> new Cost(key.name(), Math.round(time ? key.weight() / 1000 : key.weight())))
        .toList();
  }
}
