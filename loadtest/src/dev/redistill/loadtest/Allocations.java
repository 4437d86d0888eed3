package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the threads of a JVM have allocated between the first and the last sample of a recording.
 *
 * @param byThread bytes by name of thread, without the threads that the recording itself needs
 * @param time from the first sample to the last
 */
record Allocations(Map<String, Long> byThread, Duration time) {
  private static final String EVENT = "jdk.ThreadAllocationStatistics";
  private static final List<String> OF_THE_RECORDING = List.of("JFR ", "Attach Listener");

  /** One sample: what a thread had allocated since it began. */
  record Sample(Instant at, String thread, long id, long allocated) {}

  static Allocations read(Path recording) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
      RecordedThread thread = event.getThread("thread");
      if (event.getEventType().getName().equals(EVENT) && thread != null) {
        String name = thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
        samples.add(
            new Sample(
                event.getStartTime(),
                name == null ? "?" : name,
                thread.getId(),
                event.getLong("allocated")));
      }
    }
    return of(samples);
  }

  /**
   * The differences between the first and the last sample of each thread.
   *
   * @throws IllegalArgumentException when the samples span no time
   */
  static Allocations of(List<Sample> samples) {
    Instant first = samples.stream().map(Sample::at).min(Instant::compareTo).orElseThrow();
    Instant last = samples.stream().map(Sample::at).max(Instant::compareTo).orElseThrow();
    if (!last.isAfter(first)) {
      throw new IllegalArgumentException("the recording was too short");
    }
    Map<Long, List<Sample>> byId = samples.stream().collect(Collectors.groupingBy(Sample::id));
    Map<String, Long> byThread = new TreeMap<>();
    for (List<Sample> ofThread : byId.values()) {
      String name = ofThread.getFirst().thread();
      if (OF_THE_RECORDING.stream().noneMatch(name::startsWith)) {
        LongSummaryStatistics allocated =
            ofThread.stream().mapToLong(Sample::allocated).summaryStatistics();
        byThread.merge(name, allocated.getMax() - allocated.getMin(), Long::sum);
      }
    }
    return new Allocations(byThread, Duration.between(first, last));
  }

  long total() {
    return byThread.values().stream().mapToLong(Long::longValue).sum();
  }
}
