package dev.redistill.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a configuration in JSON: one object with a member for each directive. Its value is a
 * string, a number, true, false, an array of words or, for a directive that may come several times,
 * an array of strings or arrays with one entry for each time.
 */
final class JsonConfigFile {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String source;
  private final ConfigLoader loader;

  private JsonConfigFile(String source, ConfigLoader loader) {
    this.source = source;
    this.loader = loader;
  }

  static void read(String source, String text, ConfigLoader loader) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      new JsonConfigFile(source, loader).read(parser);
    } catch (JsonProcessingException e) {
      Origin origin = new Origin.Line(source, e.getLocation().getLineNr());
      loader.complain(origin, "...", "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  private void read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      loader.complain(line(parser), "...", "a configuration in JSON is one object");
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Origin origin = line(parser);
      String name = parser.currentName();
      parser.nextToken();
      JsonNode value = parser.readValueAsTree();
      take(origin, name, value);
    }
  }

  private Origin line(JsonParser parser) {
    return new Origin.Line(source, parser.currentTokenLocation().getLineNr());
  }

  private void take(Origin origin, String name, JsonNode value) {
    try {
      if (isRepeated(value)) {
        for (JsonNode time : value) {
          loader.take(origin, name + " " + time, words(name, time));
        }
      } else {
        loader.take(origin, name + " " + value, words(name, value));
      }
    } catch (BadValueException e) {
      loader.complain(origin, name, String.valueOf(e.getMessage()));
    }
  }

  /** An array is one directive if it holds single words, and otherwise one for each entry. */
  private static boolean isRepeated(JsonNode value) {
    if (!value.isArray()) {
      return false;
    }
    for (JsonNode entry : value) {
      if (entry.isArray() || (entry.isTextual() && entry.textValue().contains(" "))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String name, JsonNode value) {
    List<String> words = new ArrayList<>();
    words.add(name);
    if (value.isArray()) {
      value.forEach(entry -> words.add(word(entry)));
    } else {
      words.add(word(value));
    }
    return words;
  }

  private static String word(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING, NUMBER -> value.asText();
      case BOOLEAN -> value.booleanValue() ? "yes" : "no";
      case ARRAY, BINARY, MISSING, NULL, OBJECT, POJO ->
          throw new BadValueException("a value is a string, a number, true, false or an array");
    };
  }
}
