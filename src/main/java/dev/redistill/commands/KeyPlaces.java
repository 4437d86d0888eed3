package dev.redistill.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.command.Command;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Finds the keys of a full command, and how each of them is used, by the documented key
 * specifications.
 */
final class KeyPlaces {

  /**
   * A key.
   *
   * @param place where it stands among the arguments
   * @param flags how the command uses it
   */
  record KeyUse(int place, List<String> flags) {

    /** Whether the command learns something of the value. */
    boolean reads() {
      return flags.contains("access");
    }

    /** Whether the command may change the value. */
    boolean writes() {
      return flags.contains("update") || flags.contains("insert") || flags.contains("delete");
    }
  }

  /**
   * A key specification.
   *
   * @param begin where it begins, counted from the command's name
   * @param counted whether an argument says how many keys there are
   * @param numbers the numbers that say where they are
   */
  private record Spec(List<String> flags, int begin, boolean counted, List<Integer> numbers) {}

  private static final List<String> READ = List.of("RO", "access");
  private static final List<String> OVERWRITE = List.of("OW", "update");
  private static final List<String> CHANGE = List.of("RW", "access", "update");

  private static final Map<String, List<Spec>> SPECS = new ConcurrentHashMap<>();

  private KeyPlaces() {}

  /** Whether a command has keys; channels are none. */
  static boolean hasKeys(Command command) {
    for (JsonNode spec : Documentation.of(command).path("key_specs")) {
      if (isOfKeys(spec)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfKeys(JsonNode spec) {
    return !texts(spec.path("flags")).contains("not_key");
  }

  /**
   * The keys of a request that runs a command.
   *
   * @param from the place of the command's name in the request
   */
  static List<KeyUse> find(Command command, Request request, int from) {
    List<KeyUse> uses = new ArrayList<>();
    for (Spec spec : SPECS.computeIfAbsent(command.name(), name -> specs(command))) {
      List<String> flags = flags(command, spec, request, from);
      places(spec, request, from).forEach(place -> uses.add(new KeyUse(place, flags)));
    }
    return uses;
  }

  private static List<Spec> specs(Command command) {
    List<Spec> specs = new ArrayList<>();
    for (JsonNode spec : Documentation.of(command).path("key_specs")) {
      if (!isOfKeys(spec)) {
        continue;
      }
      JsonNode find = spec.path("find");
      boolean counted =
          switch (find.path(0).asText()) {
            case "range" -> false;
            case "keynum" -> true;
            default -> throw new IllegalStateException("unknown keys of " + command.name());
          };
      specs.add(
          new Spec(
              texts(spec.path("flags")),
              spec.path("begin").path(1).asInt(),
              counted,
              List.of(find.path(1).asInt(), find.path(2).asInt(), find.path(3).asInt())));
    }
    return List.copyOf(specs);
  }

  private static IntStream places(Spec spec, Request request, int from) {
    int first = from + spec.begin();
    return spec.counted() ? counted(spec, request, first) : range(spec, request, first);
  }

  private static IntStream range(Spec spec, Request request, int first) {
    int last = spec.numbers().get(0);
    int end = last < 0 ? request.count() + last + 1 : first + last + 1;
    return steps(first, Math.min(end, request.count()), spec.numbers().get(1));
  }

  private static IntStream counted(Spec spec, Request request, int first) {
    int counter = first + spec.numbers().get(0);
    int firstKey = first + spec.numbers().get(1);
    int step = spec.numbers().get(2);
    long count = number(request, counter);
    boolean fits = count > 0 && count <= (request.count() - firstKey + step - 1) / step;
    return fits ? steps(firstKey, firstKey + (int) count * step, step) : IntStream.empty();
  }

  private static IntStream steps(int first, int end, int step) {
    return IntStream.iterate(first, place -> place < end, place -> place + step);
  }

  private static long number(Request request, int place) {
    if (place >= request.count()) {
      return 0;
    }
    byte[] text = request.bytes(place);
    return Ascii.isLong(text, 0, text.length) ? Ascii.parseLong(text, 0, text.length) : 0;
  }

  private static List<String> flags(Command command, Spec spec, Request request, int from) {
    return switch (command.name()) {
      case "set" -> hasWord(request, from + 3, "GET") ? CHANGE : OVERWRITE;
      case "bitfield" -> changesBits(request, from + 2) ? CHANGE : READ;
      default -> spec.flags();
    };
  }

  private static boolean changesBits(Request request, int first) {
    return hasWord(request, first, "SET") || hasWord(request, first, "INCRBY");
  }

  private static boolean hasWord(Request request, int first, String word) {
    return IntStream.range(first, request.count()).anyMatch(place -> request.is(place, word));
  }

  /** The elements of an array of texts. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
