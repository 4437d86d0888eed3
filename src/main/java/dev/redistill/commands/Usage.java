package dev.redistill.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** Writes documented arguments as a line of usage: {@code <key> [SAMPLES <count>]}. */
final class Usage {

  private Usage() {}

  /** The usage of some arguments, one after the other. */
  static String of(JsonNode arguments) {
    return joined(arguments, " ");
  }

  private static String joined(JsonNode arguments, String separator) {
    StringJoiner line = new StringJoiner(separator);
    arguments.forEach(argument -> line.add(argument(argument)));
    return line.toString();
  }

  private static String argument(JsonNode argument) {
    String token = argument.path("token").asText();
    String value = value(argument);
    String text = token.isEmpty() || value.isEmpty() ? token + value : token + " " + value;
    if (argument.has("multiple")) {
      text += argument.has("arguments") ? " ..." : " [" + value + " ...]";
    }
    return argument.has("optional") ? "[" + text + "]" : text;
  }

  private static String value(JsonNode argument) {
    JsonNode parts = argument.path("arguments");
    return switch (argument.path("type").asText()) {
      case "pure-token" -> "";
      case "oneof" -> "(" + joined(parts, "|") + ")";
      case "block" -> joined(parts, " ");
      default -> "<" + argument.path("display").asText(argument.path("name").asText()) + ">";
    };
  }
}
