package dev.redistill.loadtest;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The requests of a load, written before it starts: batches of one pipeline each, in one direct
 * buffer, with what the replies to each must be. Immutable, and so shared by all loops.
 *
 * <p>In {@link Workload.Mode#CACHE} a batch gets other keys whenever it is sent: the same requests
 * over and over would be a loop, which no cache meets. These keys are drawn before, too.
 */
final class Batches {
  private static final int LEAST_REQUESTS = 1 << 16;
  private static final int MOST_REQUESTS = 1 << 20;
  private static final int MOST_BYTES = 128 << 20;
  private static final int LEAST_BATCHES = 2;
  private static final int FEWEST_DRAWN = 1 << 24;
  private static final int MOST_DRAWN = 1 << 27;

  /** One of so many keys is drawn, which is more than fit into the cache. */
  private static final int KEYS_PER_DRAWN = 4;

  private final Workload workload;
  private final ByteBuffer bytes;

  /** Where in the bytes each request begins, and at last where the last one ends. */
  private final int[] starts;

  private final int[] bulks;

  /** The keys that are drawn for requests whose keys change, or none. */
  private final int[] keys;

  private Batches(Workload workload, ByteBuffer bytes, int[] starts, int[] bulks, int[] keys) {
    this.workload = workload;
    this.bytes = bytes;
    this.starts = starts;
    this.bulks = bulks;
    this.keys = keys;
  }

  /**
   * About as many requests as there are keys, between 65,536 and 1,048,576, but not more than 128
   * MiB of them; 65,536 where their keys change.
   */
  static Batches build(Workload workload, RandomGenerator random) {
    boolean change = workload.mode() == Workload.Mode.CACHE;
    int requests =
        change ? LEAST_REQUESTS : Math.clamp(workload.keys(), LEAST_REQUESTS, MOST_REQUESTS);
    int pipeline = workload.pipeline();
    int wanted = Math.max(LEAST_BATCHES, requests / pipeline);
    KeyChooser chooser = KeyChooser.of(workload.keys(), workload.theta());
    RequestWriter writer = new RequestWriter(workload.valueSize());
    int[] starts = new int[wanted * pipeline + 1];
    int[] bulks = new int[wanted];
    int count = 0;
    while (count < wanted && (count < LEAST_BATCHES || writer.size() < MOST_BYTES)) {
      for (int i = 1; i <= pipeline; i++) {
        bulks[count] += write(workload, writer, chooser, random);
        starts[count * pipeline + i] = writer.size();
      }
      count++;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(writer.size());
    bytes.put(writer.bytes(), 0, writer.size()).flip();
    int drawn = Math.clamp(workload.keys() / KEYS_PER_DRAWN, FEWEST_DRAWN, MOST_DRAWN);
    int[] keys = new int[change ? drawn : 0];
    Arrays.setAll(keys, i -> chooser.next(random));
    return new Batches(workload, bytes, starts, Arrays.copyOf(bulks, count), keys);
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
    return bulks.length;
  }

  int pipeline() {
    return workload.pipeline();
  }

  int start(int batch) {
    return starts[batch * pipeline()];
  }

  int end(int batch) {
    return starts[(batch + 1) * pipeline()];
  }

  /**
   * A view of all requests with a position and limit of its own, and with keys of its own if they
   * change.
   */
  ByteBuffer view() {
    ByteBuffer view = bytes.duplicate();
    return keys.length == 0 ? view : ByteBuffer.allocateDirect(bytes.capacity()).put(view).flip();
  }

  /** Where in the drawn keys a loop begins that begins with this batch, so that loops differ. */
  int firstKey(int batch) {
    return (int) ((long) keys.length * batch / count());
  }

  /**
   * Gives the requests of a batch other keys, where keys change.
   *
   * @param next the number of the first of these keys among those drawn, from 0
   * @return that of the first key for another batch
   */
  int renew(ByteBuffer view, int batch, int next) {
    if (keys.length == 0) {
      return next;
    }
    view.clear();
    int key = next;
    int end = (batch + 1) * pipeline();
    for (int i = batch * pipeline(); i < end; i++) {
      RequestWriter.changeKey(view, starts[i], keys[key]);
      key = key + 1 == keys.length ? 0 : key + 1;
    }
    return key;
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
