package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks a running JVM, by the jcmd of the JDK that runs the generator. */
record Jvm(long pid) {
  private static final String TOTAL = "Total ";

  /** Whether a process is a JVM. */
  static boolean is(long pid) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe")).endsWith("java");
  }

  /** Bytes of all live objects, after a full collection. */
  long liveBytes() throws IOException, InterruptedException {
    return parseHistogram(ask("GC.class_histogram"));
  }

  /** The bytes in the last line of a class histogram: "Total", instances, bytes. */
  static long parseHistogram(String histogram) throws IOException {
    return histogram
        .lines()
        .filter(line -> line.startsWith(TOTAL))
        .map(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
        .findFirst()
        .orElseThrow(() -> new IOException("a class histogram without a total"));
  }

  /** Records what each thread has allocated, once per second, until {@link #stopRecording}. */
  void startRecording() throws IOException, InterruptedException {
    ask(
        "JFR.start",
        "name=loadtest",
        "settings=none",
        "+jdk.ThreadAllocationStatistics#enabled=true",
        "+jdk.ThreadAllocationStatistics#period=1s");
  }

  void stopRecording(Path file) throws IOException, InterruptedException {
    ask("JFR.stop", "name=loadtest", "filename=" + file.toAbsolutePath());
  }

  private String ask(String... command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    List<String> line = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
    line.addAll(List.of(command));
    return Shell.run(line);
  }
}
