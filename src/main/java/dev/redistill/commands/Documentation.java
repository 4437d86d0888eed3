package dev.redistill.commands;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redistill.command.Command;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What is known of the commands beyond the lines of their tables: summaries, arguments, categories,
 * the use they make of their keys. It stands in {@code commands.json}, which is read when somebody
 * first asks for it.
 */
final class Documentation {

  /* Built from the tokens and not by an ObjectMapper: clients wait meanwhile, and to load what a mapper consists of takes
  ten times as long as to read the file. */

  private static final String FILE = "commands.json";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Documentation() {}

  /** Holds what was read. */
  private static final class Holder {
    private static final JsonNode COMMANDS = read();
  }

  /** The entry of a command; one without any fields if there is none. */
  static JsonNode of(Command command) {
    return all().path(command.name());
  }

  /** All entries by the names of their commands. */
  static JsonNode all() {
    return Holder.COMMANDS;
  }

  private static JsonNode read() {
    try (InputStream file = Documentation.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new FileNotFoundException(FILE);
      }
      try (JsonParser parser = new JsonFactory().createParser(file)) {
        JsonToken unused = parser.nextToken();
        return node(parser).path("commands");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the documentation of the commands cannot be read", e);
    }
  }

  /** The value that begins with the current token. */
  private static JsonNode node(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getIntValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      default -> throw new IOException("unexpected " + token);
    };
  }

  private static JsonNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken unused = parser.nextToken();
      object.putIfAbsent(name, node(parser));
    }
    return object;
  }

  private static JsonNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node(parser));
    }
    return array;
  }
}
