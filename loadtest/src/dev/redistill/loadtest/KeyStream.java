package dev.redistill.loadtest;

import java.util.Locale;
import java.util.SplittableRandom;

/** A sequence of requests to a cache: which key comes next, and how large its value is. */
public enum KeyStream {
  ZIPF_70,
  ZIPF_90,
  ZIPF_99,
  /** Zipf, and now and then a scan of keys that nobody else asks for. */
  SCANS,
  /** Zipf, and the frequent keys become others all the time. */
  DRIFT,
  /** All keys in turn, a tenth more than fit. */
  LOOP,
  /** Six of ten requests are for a key that never comes again. */
  ONE_HIT,
  /** Zipf with values of log-normal sizes. */
  SIZES;

  /** Keys with a popularity. */
  public static final int KEYS = 100_000;

  private static final int VALUE = 300;
  private static final int LARGEST = 20_000;
  private static final int SCAN_EVERY = 20_000;
  private static final int SCAN = 5_000;
  private static final int SCANNED = 50_000;
  private static final double ONCE = 0.6;

  /** The requests of one run, the same for each server. */
  public Run run(long requests, int fitting) {
    return new Run(this, requests, fitting);
  }

  /** The size of the value of a key. */
  public int size(long key) {
    if (this != SIZES) {
      return VALUE;
    }
    double size = VALUE * Math.exp(new SplittableRandom(key).nextGaussian());
    return (int) Math.clamp(size, 10, LARGEST);
  }

  /** The name in the table. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One pass through the sequence. */
  public static final class Run {
    private final KeyStream stream;
    private final long requests;
    private final int fitting;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Zipf zipf;
    private long count;

    private Run(KeyStream stream, long requests, int fitting) {
      this.stream = stream;
      this.requests = requests;
      this.fitting = fitting;
      double theta =
          switch (stream) {
            case ZIPF_70 -> 0.7;
            case ZIPF_99 -> 0.99;
            default -> 0.9;
          };
      zipf = new Zipf(KEYS, theta);
    }

    /** The number of the next key. */
    public long next() {
      long at = count++;
      return switch (stream) {
        case ZIPF_70, ZIPF_90, ZIPF_99, SIZES -> zipf.next(random);
        case SCANS ->
            at % SCAN_EVERY < SCAN
                ? KEYS + (at / SCAN_EVERY * SCAN + at % SCAN_EVERY) % SCANNED
                : zipf.next(random);
        case DRIFT -> (zipf.rank(random) + at * KEYS / requests) % KEYS;
        case LOOP -> at % (fitting + fitting / 10 + 1);
        case ONE_HIT -> random.nextDouble() < ONCE ? KEYS + at : zipf.next(random);
      };
    }
  }
}
