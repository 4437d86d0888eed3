package dev.redistill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Printable;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows of single keys, as JSON. Names and values are text for people; the {@code
 * id} of a key is its bytes in Base64. Used by one thread, for one request.
 */
final class KeyBrowser {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String AT_A_TIME = "100";
  private static final String SOME = "50";
  private static final int SHOWN_BYTES = 1024;

  private final InsideClient client;
  private final Map<String, String> wanted;
  private final ObjectNode answer = MAPPER.createObjectNode();

  /**
   * A browser for one request.
   *
   * @param wanted the parameters of the request
   */
  KeyBrowser(InsideClient client, Map<String, String> wanted) throws RefusedException {
    this.client = client;
    this.wanted = wanted;
    Object unused = client.run("SELECT", Ascii.bytes(wanted.getOrDefault("db", "0")));
  }

  /** The next keys behind a cursor that match a pattern, and the cursor behind them. */
  String keys() throws RefusedException {
    byte[] pattern = wanted.getOrDefault("match", "*").getBytes(UTF_8);
    byte[] cursor = Ascii.bytes(wanted.getOrDefault("cursor", "0"));
    Object reply =
        client.run(
            Ascii.bytes("SCAN"),
            cursor,
            Ascii.bytes("MATCH"),
            pattern,
            Ascii.bytes("COUNT"),
            Ascii.bytes(AT_A_TIME));
    List<?> page = list(reply);
    answer.put("cursor", text(page.getFirst()));
    ArrayNode keys = answer.putArray("keys");
    for (Object key : list(page.get(1))) {
      describe(keys.addObject(), bytes(key));
    }
    return answer.toString();
  }

  private String describe(ObjectNode target, byte[] key) throws RefusedException {
    String type = text(client.run("TYPE", key));
    target.put("name", Printable.text(key));
    target.put("id", Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    target.put("type", type);
    target.put("ttl", client.number("PTTL", key));
    Object size = client.run(Ascii.bytes("MEMORY"), Ascii.bytes("USAGE"), key);
    target.put("bytes", size instanceof Long number ? number : 0);
    return type;
  }

  /** A key and the beginning of its value. */
  String key() throws RefusedException {
    byte[] key = id();
    String type = describe(answer, key);
    ArrayNode parts = answer.putArray("parts");
    switch (type) {
      case "string" -> {
        answer.put("length", client.number("STRLEN", key));
        String last = Integer.toString(SHOWN_BYTES - 1);
        parts.add(Printable.text(bytes(client.run("GETRANGE", key, "0", last))));
      }
      case "hash" -> {
        answer.put("length", client.number("HLEN", key));
        add(parts, client.run("HSCAN", key, "0", "COUNT", SOME), 2);
      }
      case "set" -> {
        answer.put("length", client.number("SCARD", key));
        add(parts, client.run("SSCAN", key, "0", "COUNT", SOME), 1);
      }
      default -> answer.put("length", 0);
    }
    return answer.toString();
  }

  private static void add(ArrayNode parts, @Nullable Object scanned, int width) {
    List<?> elements = list(list(scanned).get(1));
    int most = Math.min(elements.size(), width * Integer.parseInt(SOME));
    for (int i = 0; i < most; i += width) {
      String first = shortened(bytes(elements.get(i)));
      parts.add(width == 1 ? first : first + " = " + shortened(bytes(elements.get(i + 1))));
    }
  }

  private static String shortened(byte[] value) {
    boolean all = value.length <= SHOWN_BYTES / 4;
    byte[] shown = all ? value : Arrays.copyOf(value, SHOWN_BYTES / 4);
    return Printable.text(shown) + (all ? "" : " ...");
  }

  /** Removes a key; answers how many that were. */
  String delete() throws RefusedException {
    answer.put("deleted", client.number("UNLINK", id()));
    return answer.toString();
  }

  private byte[] id() throws RefusedException {
    try {
      return Base64.getUrlDecoder().decode(wanted.getOrDefault("id", ""));
    } catch (IllegalArgumentException e) {
      throw new RefusedException("ERR that is no id of a key");
    }
  }

  private static List<?> list(@Nullable Object reply) {
    return reply instanceof List<?> list ? list : List.of();
  }

  private static byte[] bytes(@Nullable Object reply) {
    return reply instanceof byte[] string ? string : new byte[0];
  }

  private static String text(@Nullable Object reply) {
    byte[] string = bytes(reply);
    return Ascii.text(string, 0, string.length);
  }
}
