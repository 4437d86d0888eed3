package dev.redistill.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.command.Command;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.ArrayList;
import java.util.List;
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
  record KeyUse(int place, List<String> flags) {}

  private static final List<String> READ = List.of("RO", "access");
  private static final List<String> OVERWRITE = List.of("OW", "update");
  private static final List<String> CHANGE = List.of("RW", "access", "update");

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
    for (JsonNode spec : Documentation.of(command).path("key_specs")) {
      if (isOfKeys(spec)) {
        List<String> flags = flags(command, spec, request, from);
        places(spec, request, from).forEach(place -> uses.add(new KeyUse(place, flags)));
      }
    }
    return uses;
  }

  private static IntStream places(JsonNode spec, Request request, int from) {
    JsonNode find = spec.path("find");
    int first = from + spec.path("begin").path(1).asInt();
    return switch (find.path(0).asText()) {
      case "range" -> range(find, request, first);
      case "keynum" -> counted(find, request, first);
      default -> IntStream.empty();
    };
  }

  private static IntStream range(JsonNode find, Request request, int first) {
    int last = find.path(1).asInt();
    int end = last < 0 ? request.count() + last + 1 : first + last + 1;
    return steps(first, Math.min(end, request.count()), find.path(2).asInt());
  }

  private static IntStream counted(JsonNode find, Request request, int first) {
    int counter = first + find.path(1).asInt();
    int firstKey = first + find.path(2).asInt();
    int step = find.path(3).asInt();
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

  private static List<String> flags(Command command, JsonNode spec, Request request, int from) {
    return switch (command.name()) {
      case "set" -> hasWord(request, from + 3, "GET") ? CHANGE : OVERWRITE;
      case "bitfield" -> changesBits(request, from + 2) ? CHANGE : READ;
      default -> texts(spec.path("flags"));
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
