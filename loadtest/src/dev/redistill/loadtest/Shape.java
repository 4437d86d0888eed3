package dev.redistill.loadtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kinds of data that are kept in different ways. */
enum Shape {
  SMALL_STRINGS(500_000),
  LARGE_STRINGS(10_000),
  SMALL_HASHES(200_000),
  LARGE_HASHES(50),
  SETS(100_000),
  EXPIRING(500_000),
  /** Keys that a client has read which is to be told of their changes. */
  TRACKED(300_000);

  private static final int SMALL_VALUE = 20;
  private static final int LARGE_VALUE = 10_000;
  private static final int FEW = 5;
  private static final int MANY = 10_000;

  private final int keys;

  Shape(int keys) {
    this.keys = keys;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String key(int number) {
    return "key:%012d".formatted(number);
  }

  /** Sends what has to be there before. */
  void prepare(Feeder feeder, String otherClient) throws IOException {
    if (this == TRACKED) {
      for (int i = 0; i < keys; i++) {
        feeder.send("SET", key(i), "x".repeat(SMALL_VALUE));
      }
      feeder.send("CLIENT", "TRACKING", "ON", "REDIRECT", otherClient);
    }
  }

  /** Sends the data. */
  void fill(Feeder feeder) throws IOException {
    for (int i = 0; i < keys; i++) {
      fill(feeder, key(i));
    }
  }

  private void fill(Feeder feeder, String key) throws IOException {
    switch (this) {
      case SMALL_STRINGS -> feeder.send("SET", key, "x".repeat(SMALL_VALUE));
      case LARGE_STRINGS -> feeder.send("SET", key, "x".repeat(LARGE_VALUE));
      case SMALL_HASHES -> feeder.send(elements("HSET", key, FEW, true));
      case LARGE_HASHES -> feeder.send(elements("HSET", key, MANY, true));
      case SETS -> feeder.send(elements("SADD", key, 2 * FEW, false));
      case EXPIRING -> feeder.send("SET", key, "x".repeat(SMALL_VALUE), "EX", "100000");
      case TRACKED -> feeder.send("GET", key);
    }
  }

  private static String[] elements(String command, String key, int count, boolean values) {
    List<String> words = new ArrayList<>(List.of(command, key));
    for (int i = 0; i < count; i++) {
      words.add("field:%06d".formatted(i));
      if (values) {
        words.add("x".repeat(SMALL_VALUE));
      }
    }
    return words.toArray(String[]::new);
  }
}
