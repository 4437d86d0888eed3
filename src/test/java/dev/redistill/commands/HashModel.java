package dev.redistill.commands;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Some hashes as the simplest code keeps them, to compare the server's with. Replies are written as
 * {@link ReplyText} shows them; what a hash holds altogether is sorted.
 */
final class HashModel {

  private static final long NEVER = Long.MAX_VALUE;

  private record Slot(String value, long expireAt) {}

  private final Map<String, Map<String, Slot>> hashes = new LinkedHashMap<>();
  private long now;

  /** Lets time pass up to a moment. */
  void now(long millis) {
    now = millis;
    for (Map<String, Slot> hash : hashes.values()) {
      hash.values().removeIf(slot -> slot.expireAt() < millis);
    }
    dropEmpty();
  }

  private void dropEmpty() {
    hashes.values().removeIf(Map::isEmpty);
  }

  /** Carries a command out and answers its reply. */
  String run(List<String> words) {
    String reply = reply(words, words.get(1));
    dropEmpty();
    return reply;
  }

  private Map<String, Slot> hash(String key) {
    return hashes.computeIfAbsent(key, unused -> new LinkedHashMap<>());
  }

  private String reply(List<String> words, String key) {
    List<String> rest = words.subList(2, words.size());
    return switch (words.get(0)) {
      case "HSET" -> integer(set(key, rest));
      case "HMSET" -> {
        long unused = set(key, rest);
        yield "OK";
      }
      case "HSETNX" -> integer(hash(key).containsKey(rest.get(0)) ? 0 : set(key, rest));
      case "HGET" -> bulk(value(key, rest.get(0)));
      case "HMGET" -> list(rest.stream().map(field -> bulk(value(key, field))).toList());
      case "HDEL" ->
          integer(rest.stream().filter(field -> hash(key).remove(field) != null).count());
      case "HEXISTS" -> integer(hash(key).containsKey(rest.get(0)) ? 1 : 0);
      case "HLEN" -> integer(hash(key).size());
      case "HSTRLEN" ->
          integer(hash(key).getOrDefault(rest.get(0), new Slot("", 0)).value().length());
      case "HKEYS" -> sorted(hash(key).keySet().stream().map(HashModel::bulk).toList());
      case "HVALS" -> sorted(hash(key).values().stream().map(slot -> bulk(slot.value())).toList());
      case "HGETALL" -> all(key);
      case "HINCRBY" -> integer(Long.parseLong(add(key, rest)));
      case "HINCRBYFLOAT" -> bulk(add(key, rest));
      case "EXISTS" -> integer(hashes.containsKey(key) && !hash(key).isEmpty() ? 1 : 0);
      case "DEL" -> integer(hashes.remove(key) == null ? 0 : 1);
      case "RENAME" -> rename(key, rest.get(0));
      case "COPY" -> copy(key, rest.get(0));
      default -> ofFields(words, key);
    };
  }

  private String ofFields(List<String> words, String key) {
    int at = words.indexOf("FIELDS");
    List<String> fields = words.subList(at + 2, words.size());
    return switch (words.get(0)) {
      case "HPEXPIRE" -> each(fields, field -> expire(key, field, words));
      case "HPTTL" -> each(fields, field -> timeToLive(key, field));
      case "HPERSIST" -> each(fields, field -> persist(key, field));
      case "HGETDEL" -> list(fields.stream().map(field -> getAndDelete(key, field)).toList());
      case "HGETEX" -> list(fields.stream().map(field -> getAndExpire(key, field, words)).toList());
      case "HSETEX" -> setAndExpire(key, fields, words);
      default -> throw new IllegalArgumentException(words.get(0));
    };
  }

  private long set(String key, List<String> pairs) {
    long added = 0;
    for (int i = 0; i < pairs.size(); i += 2) {
      added += hash(key).put(pairs.get(i), new Slot(pairs.get(i + 1), NEVER)) == null ? 1 : 0;
    }
    return added;
  }

  private @Nullable String value(String key, String field) {
    Slot slot = hash(key).get(field);
    return slot == null ? null : slot.value();
  }

  private String add(String key, List<String> rest) {
    Slot old = hash(key).getOrDefault(rest.get(0), new Slot("0", NEVER));
    BigDecimal sum = new BigDecimal(old.value()).add(new BigDecimal(rest.get(1)));
    String text = sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
    hash(key).put(rest.get(0), new Slot(text, old.expireAt()));
    return text;
  }

  private String all(String key) {
    List<String> pairs = new ArrayList<>();
    hash(key).forEach((field, slot) -> pairs.add(bulk(field) + ", " + bulk(slot.value())));
    return sorted(pairs);
  }

  private String rename(String from, String to) {
    Map<String, Slot> hash = hashes.remove(from);
    if (hash == null || hash.isEmpty()) {
      return "(error) ERR no such key";
    }
    hashes.put(to, hash);
    return "OK";
  }

  private String copy(String from, String to) {
    if (from.equals(to)) {
      return "(error) ERR source and destination objects are the same";
    }
    if (hash(from).isEmpty()) {
      return integer(0);
    }
    hashes.put(to, new LinkedHashMap<>(hash(from)));
    return integer(1);
  }

  private long expire(String key, String field, List<String> words) {
    Slot slot = hash(key).get(field);
    if (slot == null) {
      return -2;
    }
    long at = now + Long.parseLong(words.get(2));
    boolean met =
        switch (words.get(3)) {
          case "NX" -> slot.expireAt() == NEVER;
          case "XX" -> slot.expireAt() != NEVER;
          case "GT" -> slot.expireAt() != NEVER && at > slot.expireAt();
          case "LT" -> slot.expireAt() == NEVER || at < slot.expireAt();
          default -> true;
        };
    if (!met) {
      return 0;
    }
    return expire(key, field, slot, at) ? 2 : 1;
  }

  /** Sets the expiry of a field; answers whether it is over and the field deleted. */
  private boolean expire(String key, String field, Slot slot, long at) {
    if (at <= now) {
      hash(key).remove(field);
      return true;
    }
    hash(key).put(field, new Slot(slot.value(), at));
    return false;
  }

  private long timeToLive(String key, String field) {
    Slot slot = hash(key).get(field);
    if (slot == null) {
      return -2;
    }
    return slot.expireAt() == NEVER ? -1 : slot.expireAt() - now;
  }

  private long persist(String key, String field) {
    Slot slot = hash(key).get(field);
    if (slot == null) {
      return -2;
    }
    hash(key).put(field, new Slot(slot.value(), NEVER));
    return slot.expireAt() == NEVER ? -1 : 1;
  }

  private String getAndDelete(String key, String field) {
    Slot slot = hash(key).remove(field);
    return bulk(slot == null ? null : slot.value());
  }

  private String getAndExpire(String key, String field, List<String> words) {
    Slot slot = hash(key).get(field);
    if (slot == null) {
      return bulk(null);
    }
    if (words.get(2).equals("PERSIST")) {
      long unused = persist(key, field);
    } else if (words.get(2).equals("PX")) {
      boolean unused = expire(key, field, slot, now + Long.parseLong(words.get(3)));
    }
    return bulk(slot.value());
  }

  private String setAndExpire(String key, List<String> pairs, List<String> words) {
    for (int i = 0; i < pairs.size(); i += 2) {
      boolean there = hash(key).containsKey(pairs.get(i));
      if ((words.get(2).equals("FNX") && there) || (words.get(2).equals("FXX") && !there)) {
        return integer(0);
      }
    }
    int time = words.indexOf("PX");
    for (int i = 0; i < pairs.size(); i += 2) {
      Slot old = hash(key).get(pairs.get(i));
      long kept = old == null || !words.contains("KEEPTTL") ? NEVER : old.expireAt();
      hash(key).put(pairs.get(i), new Slot(pairs.get(i + 1), kept));
      if (time > 0) {
        long at = now + Long.parseLong(words.get(time + 1));
        boolean unused = expire(key, pairs.get(i), new Slot(pairs.get(i + 1), NEVER), at);
      }
    }
    return integer(1);
  }

  private static String integer(long value) {
    return "(integer) " + value;
  }

  private static String bulk(@Nullable String value) {
    return value == null ? "(nil)" : '"' + value + '"';
  }

  private static String list(List<String> elements) {
    return "[" + String.join(", ", elements) + "]";
  }

  private static String each(List<String> fields, ToLongFunction<String> function) {
    return list(fields.stream().map(field -> integer(function.applyAsLong(field))).toList());
  }

  /** Elements of which the order is the server's own choice. */
  private static String sorted(List<String> elements) {
    List<String> ordered = new ArrayList<>(elements);
    ordered.sort(null);
    return list(ordered);
  }

  /**
   * A reply about all of a hash with its elements sorted, {@code width} of them belonging together.
   */
  static String sorted(String reply, int width) {
    if (reply.equals("[]")) {
      return reply;
    }
    String[] parts = reply.substring(1, reply.length() - 1).split(", ");
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < parts.length; i += width) {
      elements.add(String.join(", ", List.of(parts).subList(i, i + width)));
    }
    return sorted(elements);
  }

  /** How many hashes are there. */
  int size() {
    return hashes.size();
  }
}
