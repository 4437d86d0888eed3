package dev.redistill.loadtest;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The requests of a load, written before it starts: batches of one pipeline each, in one direct
 * buffer, with what the replies to each must be. Immutable, and so shared by all loops.
 */
final class Batches {
  private static final int LEAST_REQUESTS = 1 << 16;
  private static final int MOST_REQUESTS = 1 << 20;
  private static final int MOST_BYTES = 128 << 20;
  private static final int LEAST_BATCHES = 2;

  private final ByteBuffer bytes;
  private final int[] ends;
  private final int[] bulks;
  private final Workload workload;

  private Batches(ByteBuffer bytes, int[] ends, int[] bulks, Workload workload) {
    this.bytes = bytes;
    this.ends = ends;
    this.bulks = bulks;
    this.workload = workload;
  }

  /**
   * About as many requests as there are keys, between 65,536 and 1,048,576, but not more than 128
   * MiB of them.
   */
  static Batches build(Workload workload, RandomGenerator random) {
    int requests = Math.clamp(workload.keys(), LEAST_REQUESTS, MOST_REQUESTS);
    int wanted = Math.max(LEAST_BATCHES, requests / workload.pipeline());
    KeyChooser chooser = KeyChooser.of(workload.keys(), workload.theta());
    RequestWriter writer = new RequestWriter(workload.valueSize());
    int[] ends = new int[wanted];
    int[] bulks = new int[wanted];
    int count = 0;
    while (count < wanted && (count < LEAST_BATCHES || writer.size() < MOST_BYTES)) {
      for (int i = 0; i < workload.pipeline(); i++) {
        bulks[count] += write(workload, writer, chooser, random);
      }
      ends[count++] = writer.size();
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(writer.size());
    bytes.put(writer.bytes(), 0, writer.size()).flip();
    return new Batches(bytes, Arrays.copyOf(ends, count), Arrays.copyOf(bulks, count), workload);
  }

  /** Writes one request and returns how many of its replies are bulk strings: 1 or 0. */
  private static int write(
      Workload workload, RequestWriter writer, KeyChooser chooser, RandomGenerator random) {
    switch (workload.mode()) {
      case GET_SET, CACHE -> {
        int key = chooser.next(random);
        if (random.nextInt(100) < workload.getPercent()) {
          writer.get(key);
          return 1;
        }
        writer.set(key);
      }
      case INCR -> writer.increment(chooser.next(random));
      case MSET -> {
        writer.beginMset();
        for (int i = 0; i < Workload.KEYS_PER_MSET; i++) {
          writer.msetPair(chooser.next(random));
        }
      }
      case PING -> writer.ping();
      case HASH, FIELD, FIELD_INCR, FIELD_DEL -> {
        return writeOfHash(workload, writer, chooser.next(random), random);
      }
    }
    return 0;
  }

  private static int writeOfHash(
      Workload workload, RequestWriter writer, int key, RandomGenerator random) {
    boolean get = random.nextInt(100) < workload.getPercent();
    switch (workload.mode()) {
      case GET_SET, CACHE, INCR, MSET, PING -> throw new IllegalArgumentException("no hash");
      case HASH -> {
        int field = random.nextInt(Workload.FIELDS_PER_HASH);
        if (get) {
          writer.getOfHash(key, field);
          return 1;
        }
        writer.setOfHash(key, field);
      }
      case FIELD -> {
        if (get) {
          writer.getField(key);
          return 1;
        }
        writer.setField(key);
      }
      case FIELD_INCR -> writer.incrementField(key);
      case FIELD_DEL -> {
        if (random.nextBoolean()) {
          writer.deleteField(key);
        } else {
          writer.setField(key);
        }
      }
    }
    return 0;
  }

  int count() {
    return ends.length;
  }

  int pipeline() {
    return workload.pipeline();
  }

  int start(int batch) {
    return batch == 0 ? 0 : ends[batch - 1];
  }

  int end(int batch) {
    return ends[batch];
  }

  /** A view of all requests with a position and limit of its own. */
  ByteBuffer view() {
    return bytes.duplicate();
  }

  /**
   * Whether the replies are of the kinds, and the values of the length, that the batch asks for.
   */
  boolean isAnsweredBy(int batch, ReplyCounter replies) {
    int values = bulks[batch];
    int others = workload.pipeline() - values;
    long counted = workload.mode().repliesIntegers() ? replies.integers() : replies.simples();
    long missing = workload.mode() == Workload.Mode.CACHE ? replies.nils() : 0;
    return replies.bulks() + missing == values
        && replies.bulkBytes() == (values - missing) * workload.valueSize()
        && counted == others;
  }
}
