package dev.redistill.config;

import static java.util.Locale.ROOT;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much unsent output a client of each class may have before its connection is closed. */
public record OutputLimits(Limit normal, Limit replica, Limit subscriber) {

  static final OutputLimits NONE = new OutputLimits(Limit.NONE, Limit.NONE, Limit.NONE);

  /**
   * The limit of one class.
   *
   * @param hardBytes more than this closes at once; 0 is no limit
   * @param softBytes more than this closes when it lasts; 0 is no limit
   * @param softSeconds how long it may last
   */
  public record Limit(long hardBytes, long softBytes, long softSeconds) {

    static final Limit NONE = new Limit(0, 0, 0);

    private String format() {
      return hardBytes + " " + softBytes + " " + softSeconds;
    }

    private String line() {
      return ByteSize.print(hardBytes) + " " + ByteSize.print(softBytes) + " " + softSeconds;
    }
  }

  private OutputLimits with(String className, Limit limit) {
    return switch (className.toLowerCase(ROOT)) {
      case "normal" -> new OutputLimits(limit, replica, subscriber);
      case "slave", "replica" -> new OutputLimits(normal, limit, subscriber);
      case "pubsub" -> new OutputLimits(normal, replica, limit);
      default ->
          throw new BadValueException(
              "Invalid client class specified in buffer limit configuration.");
    };
  }

  private String format() {
    return "normal %s slave %s pubsub %s"
        .formatted(normal.format(), replica.format(), subscriber.format());
  }

  /** Groups of a class and its three numbers; classes that are not named keep theirs. */
  record Type() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      if (words.size() % 4 != 0) {
        throw new BadValueException("Wrong number of arguments in buffer limit configuration.");
      }
      OutputLimits limits = before == null ? NONE : (OutputLimits) before;
      for (int i = 0; i < words.size(); i += 4) {
        limits = limits.with(words.get(i), Limit.NONE);
        limits = limits.with(words.get(i), limit(words.subList(i + 1, i + 4)));
      }
      return limits;
    }

    private static Limit limit(List<String> numbers) {
      String seconds = numbers.get(2);
      if (!seconds.matches("[0-9]{1,9}")) {
        throw badNumber();
      }
      return new Limit(
          ByteSize.parse(numbers.get(0)).orElseThrow(Type::badNumber),
          ByteSize.parse(numbers.get(1)).orElseThrow(Type::badNumber),
          Long.parseLong(seconds));
    }

    private static BadValueException badNumber() {
      return new BadValueException(
          "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
    }

    @Override
    public String format(Object value) {
      return ((OutputLimits) value).format();
    }

    @Override
    public List<String> lines(Object value) {
      OutputLimits limits = (OutputLimits) value;
      return List.of(
          "normal " + limits.normal.line(),
          "replica " + limits.replica.line(),
          "pubsub " + limits.subscriber.line());
    }

    @Override
    public boolean splits() {
      return true;
    }

    @Override
    public String placeholder() {
      return "<class> <hard> <soft> <seconds>...";
    }
  }
}
