package dev.redistill.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Keys with values of every encoding, and all that a server tells of its keys. */
final class SnapshotData {
  private static final int BATCH = 500;
  private static final int KINDS = 16;
  private static final int SECOND_DATABASE = 3;
  private static final long DAY_MILLIS = 86_400_000;

  private final Random random = new Random(5);
  private final long now;

  /** Keys that expire some days after this time in Unix milliseconds. */
  SnapshotData(long now) {
    this.now = now;
  }

  /** Writes so many keys, one in ten of them into another database. */
  void write(RawClient client, int count) throws IOException {
    for (int first = 0; first < count; first += BATCH) {
      boolean elsewhere = first / BATCH % 10 == 9;
      StringBuilder requests = new StringBuilder(Wire.request("SELECT", elsewhere ? "3" : "0"));
      int replies = 1;
      for (int i = first; i < Math.min(first + BATCH, count); i++) {
        String key = i % 7 == 0 ? "\u0000\u00ff\r\n key " + i : "key:" + i;
        requests.append(Wire.request(command(key, i)));
        replies++;
        if (i % 3 == 0) {
          long at = now + DAY_MILLIS + random.nextInt((int) DAY_MILLIS);
          requests.append(Wire.request("PEXPIREAT", key, Long.toString(at)));
          replies++;
        }
      }
      client.send(requests.toString());
      for (int i = 0; i < replies; i++) {
        String reply = client.read();
        if (reply.startsWith("-")) {
          throw new IOException(reply);
        }
      }
    }
  }

  private List<String> command(String key, int i) {
    return switch (i % KINDS) {
      case 0 -> List.of("SET", key, text(64));
      case 1 -> List.of("SET", key, Integer.toString(random.nextInt(200) - 100));
      case 2 -> List.of("SET", key, Integer.toString(random.nextInt(60_000) - 30_000));
      case 3 -> List.of("SET", key, Integer.toString(random.nextInt()));
      case 4 -> List.of("SET", key, Long.toString(random.nextLong()));
      case 5 -> List.of("SET", key, "abc".repeat(50 + random.nextInt(50)));
      case 6 -> List.of("SET", key, i % 3200 == 6 ? text(200_000) : "");
      case 7 -> hash(key, 5, 20);
      case 8 -> hash(key, 3, 100);
      case 9 -> hash(key, i % 1600 == 9 ? 700 : 8, 10);
      case 10 -> integers(key, 10, 1 << 14);
      case 11 -> integers(key, 10, 1 << 30);
      case 12 -> integers(key, i % 1600 == 12 ? 700 : 10, Long.MAX_VALUE);
      case 13 -> set(key, 5, 20);
      case 14 -> set(key, i % 1600 == 14 ? 700 : 8, 30);
      default -> set(key, 3, 100);
    };
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(256));
    }
    return text.toString();
  }

  private List<String> hash(String key, int fields, int length) {
    List<String> words = new ArrayList<>(List.of("HSET", key));
    for (int i = 0; i < fields; i++) {
      words.add("field:" + i);
      words.add(i % 2 == 0 ? text(length) : Integer.toString(random.nextInt()));
    }
    return words;
  }

  private List<String> integers(String key, int members, long bound) {
    List<String> words = new ArrayList<>(List.of("SADD", key));
    for (int i = 0; i < members; i++) {
      words.add(Long.toString(random.nextLong(bound) - bound / 2));
    }
    return words;
  }

  private List<String> set(String key, int members, int length) {
    List<String> words = new ArrayList<>(List.of("SADD", key));
    for (int i = 0; i < members; i++) {
      words.add(i % 4 == 0 ? Integer.toString(i) : text(length));
    }
    return words;
  }

  /** All keys of both databases with type, value, and expiry. */
  static Map<String, String> read(RawClient client) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (int database : new int[] {0, SECOND_DATABASE}) {
      client.call("SELECT", "" + database);
      String cursor = "0";
      do {
        List<String> page = elements(client.call("SCAN", cursor, "COUNT", "" + BATCH));
        cursor = page.getFirst();
        readKeys(client, database, page.subList(1, page.size()), all);
      } while (!cursor.equals("0"));
    }
    client.call("SELECT", "0");
    return all;
  }

  private static void readKeys(
      RawClient client, int database, List<String> keys, Map<String, String> into)
      throws IOException {
    List<String> types = new ArrayList<>();
    ask(client, keys, "TYPE");
    for (int i = 0; i < keys.size(); i++) {
      types.add(client.read().strip().substring(1));
    }
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      String command =
          switch (types.get(i)) {
            case "hash" -> "HGETALL";
            case "set" -> "SMEMBERS";
            default -> "GET";
          };
      requests.append(Wire.request(command, keys.get(i)));
    }
    client.send(requests.toString());
    List<String> values = new ArrayList<>();
    for (String type : types) {
      String reply = client.read();
      values.add(type + " " + (type.equals("string") ? reply : sorted(type, elements(reply))));
    }
    ask(client, keys, "PEXPIRETIME");
    for (int i = 0; i < keys.size(); i++) {
      into.put(database + "/" + keys.get(i), values.get(i) + " until " + client.read().strip());
    }
  }

  private static void ask(RawClient client, List<String> keys, String command) throws IOException {
    StringBuilder requests = new StringBuilder();
    keys.forEach(key -> requests.append(Wire.request(command, key)));
    client.send(requests.toString());
  }

  private static String sorted(String type, List<String> elements) {
    int each = type.equals("hash") ? 2 : 1;
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < elements.size(); i += each) {
      parts.add(String.join(" = ", elements.subList(i, i + each)));
    }
    Collections.sort(parts);
    return parts.toString();
  }

  /** The strings in a reply, those of arrays in it included. */
  static List<String> elements(String reply) {
    List<String> elements = new ArrayList<>();
    int at = 0;
    while (at < reply.length()) {
      int end = reply.indexOf("\r\n", at);
      if (reply.charAt(at) == '$') {
        int length = Integer.parseInt(reply.substring(at + 1, end));
        elements.add(reply.substring(end + 2, end + 2 + length));
        at = end + 2 + length + 2;
      } else {
        at = end + 2;
      }
    }
    return elements;
  }
}
