package dev.redistill.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a keyspace of strings and hashes does when one command comes after the other. Immutable;
 * times to live are long enough never to end, or over at once.
 */
record KeyspaceModel(Map<String, Slot> slots) {
  /** The one time to live that is not over at once. */
  static final long SECONDS = 100_000;

  static final KeyspaceModel EMPTY = new KeyspaceModel(Map.of());

  /** A value and whether it has a time to live. A hash is written as {@code field=value;}. */
  record Slot(String value, boolean expires) {}

  /** The keyspace after all commands of an operation, or null when a reply cannot be right. */
  @Nullable KeyspaceModel after(Operation operation) {
    KeyspaceModel model = this;
    for (int i = 0; i < operation.commands().size(); i++) {
      Step step = new Step(new HashMap<>(model.slots), operation.commands().get(i));
      if (!step.reply().equals(operation.replies().get(i))) {
        return null;
      }
      model = new KeyspaceModel(Map.copyOf(step.slots));
    }
    return model;
  }

  /** The execution of one command on a copy of the keyspace. */
  private record Step(Map<String, Slot> slots, List<String> arguments) {
    String reply() {
      String key = arguments.get(1);
      return switch (arguments.get(0)) {
        case "GET" -> get(key);
        case "SET" -> set(key, arguments.get(2));
        case "GETSET" -> replace(key, arguments.get(2));
        case "APPEND" -> append(key, arguments.get(2));
        case "INCR" -> increase(key);
        case "DEL" -> integer(delete(arguments.subList(1, arguments.size())));
        case "GETDEL" -> getAndDelete(key);
        case "EXISTS" -> exists(arguments.subList(1, arguments.size()));
        case "MSET" -> setAll();
        case "MGET" -> getAll();
        case "RENAME" -> rename(key, arguments.get(2));
        case "EXPIRE" -> expire(key, Long.parseLong(arguments.get(2)));
        case "PERSIST" -> persist(key);
        case "TTL" -> timeToLive(key);
        case "HSET" -> setField(key, arguments.get(2), arguments.get(3));
        case "HGET" -> getField(key, arguments.get(2));
        case "HMGET" -> getFields(key);
        case "HINCRBY" -> increaseField(key, arguments.get(2));
        case "HDEL" -> deleteField(key, arguments.get(2));
        case "HLEN" -> integer(hash(key).size());
        default -> throw new IllegalArgumentException("not modelled: " + arguments);
      };
    }

    private static String integer(long value) {
      return ":" + value + "\r\n";
    }

    private String get(String key) {
      Slot slot = slots.get(key);
      return slot == null ? "$-1\r\n" : Wire.bulk(slot.value());
    }

    private String set(String key, String value) {
      slots.put(key, new Slot(value, false));
      return "+OK\r\n";
    }

    private String replace(String key, String value) {
      String old = get(key);
      set(key, value);
      return old;
    }

    private String append(String key, String tail) {
      Slot old = slots.getOrDefault(key, new Slot("", false));
      slots.put(key, new Slot(old.value() + tail, old.expires()));
      return integer(old.value().length() + tail.length());
    }

    private String increase(String key) {
      Slot old = slots.getOrDefault(key, new Slot("0", false));
      long next = Long.parseLong(old.value()) + 1;
      slots.put(key, new Slot(Long.toString(next), old.expires()));
      return integer(next);
    }

    private long delete(List<String> keys) {
      return keys.stream().filter(key -> slots.remove(key) != null).count();
    }

    private String getAndDelete(String key) {
      String value = get(key);
      slots.remove(key);
      return value;
    }

    private String exists(List<String> keys) {
      return integer(keys.stream().filter(slots::containsKey).count());
    }

    private String setAll() {
      for (int i = 1; i < arguments.size(); i += 2) {
        set(arguments.get(i), arguments.get(i + 1));
      }
      return "+OK\r\n";
    }

    private String getAll() {
      StringBuilder reply = new StringBuilder("*" + (arguments.size() - 1) + "\r\n");
      arguments.stream().skip(1).forEach(key -> reply.append(get(key)));
      return reply.toString();
    }

    private String rename(String from, String to) {
      Slot slot = slots.remove(from);
      if (slot == null) {
        return "-ERR no such key\r\n";
      }
      slots.put(to, slot);
      return "+OK\r\n";
    }

    private String expire(String key, long seconds) {
      Slot slot = slots.get(key);
      if (slot == null) {
        return integer(0);
      }
      if (seconds <= 0) {
        slots.remove(key);
      } else {
        slots.put(key, new Slot(slot.value(), true));
      }
      return integer(1);
    }

    private String persist(String key) {
      Slot slot = slots.get(key);
      if (slot == null || !slot.expires()) {
        return integer(0);
      }
      slots.put(key, new Slot(slot.value(), false));
      return integer(1);
    }

    private SortedMap<String, String> hash(String key) {
      SortedMap<String, String> fields = new TreeMap<>();
      for (String pair : slots.getOrDefault(key, new Slot("", false)).value().split(";", -1)) {
        if (!pair.isEmpty()) {
          fields.put(pair.split("=", -1)[0], pair.split("=", -1)[1]);
        }
      }
      return fields;
    }

    private void put(String key, SortedMap<String, String> fields) {
      StringBuilder text = new StringBuilder();
      fields.forEach((field, value) -> text.append(field).append('=').append(value).append(';'));
      boolean expires = slots.getOrDefault(key, new Slot("", false)).expires();
      if (fields.isEmpty()) {
        slots.remove(key);
      } else {
        slots.put(key, new Slot(text.toString(), expires));
      }
    }

    private String setField(String key, String field, String value) {
      SortedMap<String, String> fields = hash(key);
      boolean fresh = fields.put(field, value) == null;
      put(key, fields);
      return integer(fresh ? 1 : 0);
    }

    private String getField(String key, String field) {
      String value = hash(key).get(field);
      return value == null ? "$-1\r\n" : Wire.bulk(value);
    }

    private String getFields(String key) {
      StringBuilder reply = new StringBuilder("*" + (arguments.size() - 2) + "\r\n");
      arguments.stream().skip(2).forEach(field -> reply.append(getField(key, field)));
      return reply.toString();
    }

    private String increaseField(String key, String field) {
      SortedMap<String, String> fields = hash(key);
      long next = Long.parseLong(fields.getOrDefault(field, "0")) + 1;
      fields.put(field, Long.toString(next));
      put(key, fields);
      return integer(next);
    }

    private String deleteField(String key, String field) {
      SortedMap<String, String> fields = hash(key);
      boolean there = fields.remove(field) != null;
      put(key, fields);
      return integer(there ? 1 : 0);
    }

    private String timeToLive(String key) {
      Slot slot = slots.get(key);
      if (slot == null) {
        return integer(-2);
      }
      return integer(slot.expires() ? SECONDS : -1);
    }
  }
}
