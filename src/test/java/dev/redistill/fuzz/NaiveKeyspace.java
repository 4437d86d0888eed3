package dev.redistill.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace of strings, hashes and sets as the simplest code keeps it. Replies are written as a
 * console shows them; what a hash or a set holds altogether is sorted.
 */
final class NaiveKeyspace {

  private static final String WRONG_TYPE =
      "(error) WRONGTYPE Operation against a key holding the wrong kind of value";
  private static final String NO_INTEGER = "(error) ERR value is not an integer or out of range";
  private static final long NEVER = Long.MAX_VALUE;

  /** A value: a {@code String}, a {@code Map} or a {@code Set}. */
  private record Slot(Object value, long expireAt) {}

  /** A key that holds a value of another type. */
  private static final class WrongTypeException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Map<String, Slot> slots = new TreeMap<>();
  private long now;

  /** Lets time pass up to a moment. */
  void now(long millis) {
    now = millis;
    slots.values().removeIf(slot -> slot.expireAt() < millis);
  }

  /** A reply of the server; what has no order of its own is sorted. */
  static String sorted(String command, String reply) {
    if (!reply.startsWith("[") || reply.equals("[]")) {
      return reply;
    }
    return switch (command) {
      case "HGETALL" -> sorted(reply, 2);
      case "SMEMBERS" -> sorted(reply, 1);
      default -> reply;
    };
  }

  private static String sorted(String reply, int width) {
    List<String> parts = List.of(reply.substring(1, reply.length() - 1).split(", ", -1));
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += width) {
      elements.add(String.join(", ", parts.subList(i, i + width)));
    }
    return list(sorted(elements));
  }

  /** Carries a command out and answers its reply. */
  String run(List<String> words) {
    try {
      String reply = reply(words, words.get(1), words.subList(2, words.size()));
      slots.values().removeIf(slot -> isEmpty(slot.value()));
      return reply;
    } catch (WrongTypeException e) {
      return WRONG_TYPE;
    }
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof Map<?, ?> hash && hash.isEmpty())
        || (value instanceof Set<?> set && set.isEmpty());
  }

  private String reply(List<String> words, String key, List<String> rest) {
    List<String> keys = words.subList(1, words.size());
    return switch (words.get(0)) {
      case "SET" -> set(key, rest);
      case "GET" -> bulk(string(key));
      case "GETDEL" -> getAndDelete(key);
      case "APPEND" -> append(key, rest.get(0));
      case "INCRBY" -> add(key, rest.get(0));
      case "STRLEN" -> integer(text(key).length());
      case "DEL" -> integer(keys.stream().filter(name -> slots.remove(name) != null).count());
      case "EXISTS" -> integer(keys.stream().filter(slots::containsKey).count());
      case "TYPE" -> type(key);
      case "RENAME" -> rename(key, rest.get(0));
      case "PEXPIRE" -> expire(key, Long.parseLong(rest.get(0)));
      case "PTTL" -> timeToLive(key);
      case "PERSIST" -> persist(key);
      case "MSET" -> setAll(keys);
      case "MGET" -> list(keys.stream().map(this::stringOrNil).toList());
      default -> ofCollections(words.get(0), key, rest);
    };
  }

  private String ofCollections(String command, String key, List<String> rest) {
    return switch (command) {
      case "HSET" -> setFields(key, rest);
      case "HGET" -> bulk(hash(key).get(rest.get(0)));
      case "HDEL" -> integer(rest.stream().filter(name -> hash(key).remove(name) != null).count());
      case "HLEN" -> integer(hash(key).size());
      case "HGETALL" -> all(key);
      case "SADD" -> integer(rest.stream().filter(member -> make(key).add(member)).count());
      case "SREM" -> integer(rest.stream().filter(member -> members(key).remove(member)).count());
      case "SMEMBERS" -> list(sorted(members(key).stream().map(NaiveKeyspace::bulk).toList()));
      case "SISMEMBER" -> integer(members(key).contains(rest.get(0)) ? 1 : 0);
      case "SMOVE" -> move(key, rest.get(0), rest.get(1));
      default -> throw new IllegalArgumentException(command);
    };
  }

  private @Nullable String string(String key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      return null;
    }
    if (slot.value() instanceof String text) {
      return text;
    }
    throw new WrongTypeException();
  }

  private String text(String key) {
    String text = string(key);
    return text == null ? "" : text;
  }

  private String stringOrNil(String key) {
    Slot slot = slots.get(key);
    return bulk(slot != null && slot.value() instanceof String text ? text : null);
  }

  private long expireAt(String key) {
    Slot slot = slots.get(key);
    return slot == null ? NEVER : slot.expireAt();
  }

  private String set(String key, List<String> rest) {
    if (rest.contains("NX") && rest.size() == 2 && slots.containsKey(key)) {
      return bulk(null);
    }
    long time = rest.size() == 3 ? now + Long.parseLong(rest.get(2)) : NEVER;
    slots.put(key, new Slot(rest.get(0), time));
    return "OK";
  }

  private String setAll(List<String> pairs) {
    for (int i = 0; i < pairs.size(); i += 2) {
      slots.put(pairs.get(i), new Slot(pairs.get(i + 1), NEVER));
    }
    return "OK";
  }

  private String getAndDelete(String key) {
    String reply = bulk(string(key));
    slots.remove(key);
    return reply;
  }

  private String append(String key, String more) {
    String text = text(key) + more;
    slots.put(key, new Slot(text, expireAt(key)));
    return integer(text.length());
  }

  private String add(String key, String number) {
    if (!isLong(number)) {
      return NO_INTEGER;
    }
    String old = string(key);
    if (old != null && !isLong(old)) {
      return NO_INTEGER;
    }
    BigInteger sum = new BigInteger(old == null ? "0" : old).add(new BigInteger(number));
    if (sum.bitLength() >= Long.SIZE) {
      return "(error) ERR increment or decrement would overflow";
    }
    slots.put(key, new Slot(sum.toString(), expireAt(key)));
    return "(integer) " + sum;
  }

  /** Whether a text is a number as it would be printed. */
  private static boolean isLong(String text) {
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String type(String key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      return "none";
    }
    return slot.value() instanceof String ? "string" : slot.value() instanceof Map ? "hash" : "set";
  }

  private String rename(String from, String to) {
    Slot slot = slots.remove(from);
    if (slot == null) {
      return "(error) ERR no such key";
    }
    slots.put(to, slot);
    return "OK";
  }

  private String expire(String key, long millis) {
    Slot slot = slots.get(key);
    if (slot == null) {
      return integer(0);
    }
    slots.put(key, new Slot(slot.value(), now + millis));
    if (millis <= 0) {
      slots.remove(key);
    }
    return integer(1);
  }

  private String timeToLive(String key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      return integer(-2);
    }
    return integer(slot.expireAt() == NEVER ? -1 : slot.expireAt() - now);
  }

  private String persist(String key) {
    Slot slot = slots.get(key);
    if (slot == null || slot.expireAt() == NEVER) {
      return integer(0);
    }
    slots.put(key, new Slot(slot.value(), NEVER));
    return integer(1);
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> hash(String key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      return new TreeMap<>();
    }
    if (slot.value() instanceof Map) {
      return (Map<String, String>) slot.value();
    }
    throw new WrongTypeException();
  }

  private String setFields(String key, List<String> pairs) {
    Map<String, String> hash = hash(key);
    long added = 0;
    for (int i = 0; i < pairs.size(); i += 2) {
      added += hash.put(pairs.get(i), pairs.get(i + 1)) == null ? 1 : 0;
    }
    slots.put(key, new Slot(hash, expireAt(key)));
    return integer(added);
  }

  private String all(String key) {
    List<String> pairs = new ArrayList<>();
    hash(key).forEach((field, value) -> pairs.add(bulk(field) + ", " + bulk(value)));
    return list(sorted(pairs));
  }

  @SuppressWarnings("unchecked")
  private Set<String> members(String key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      return new TreeSet<>();
    }
    if (slot.value() instanceof Set) {
      return (Set<String>) slot.value();
    }
    throw new WrongTypeException();
  }

  private Set<String> make(String key) {
    Set<String> set = members(key);
    slots.put(key, new Slot(set, expireAt(key)));
    return set;
  }

  private String move(String from, String to, String member) {
    if (!slots.containsKey(from)) {
      return integer(0);
    }
    Set<String> source = members(from);
    Set<String> target = members(to);
    if (from.equals(to)) {
      return integer(source.contains(member) ? 1 : 0);
    }
    if (!source.remove(member)) {
      return integer(0);
    }
    target.add(member);
    slots.put(to, new Slot(target, expireAt(to)));
    return integer(1);
  }

  private static List<String> sorted(List<String> elements) {
    return elements.stream().sorted().toList();
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
}
