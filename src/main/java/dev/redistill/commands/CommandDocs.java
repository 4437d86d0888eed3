package dev.redistill.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.command.Command;
import dev.redistill.resp.ReplyWriter;
import java.util.List;
import java.util.stream.Stream;

/** Writes the documentation of a command as COMMAND DOCS shows it. */
final class CommandDocs {

  private static final List<String> TEXTS = List.of("summary", "since", "group", "complexity");
  private static final List<String> DEPRECATION = List.of("deprecated_since", "replaced_by");
  private static final List<String> ARGUMENT_FLAGS =
      List.of("optional", "multiple", "multiple_token");

  private CommandDocs() {}

  /** The name of a command and its documentation. */
  static void write(ReplyWriter reply, Command command) {
    JsonNode entry = Documentation.of(command);
    List<Command> parts = command.subcommands();
    reply.bulk(command.name());
    reply.map(entry.size() - undocumented(entry) + (parts.isEmpty() ? 0 : 1));
    writeTexts(reply, entry, TEXTS);
    if (entry.has("doc_flags")) {
      reply.bulk("doc_flags");
      reply.set(entry.path("doc_flags").size());
      entry.path("doc_flags").forEach(flag -> reply.simple(flag.asText()));
    }
    writeTexts(reply, entry, DEPRECATION);
    if (entry.has("history")) {
      writeHistory(reply, entry.path("history"));
    }
    if (entry.has("arguments")) {
      writeArguments(reply, entry.path("arguments"));
    }
    if (!parts.isEmpty()) {
      reply.bulk("subcommands");
      reply.map(parts.size());
      parts.forEach(part -> write(reply, part));
    }
  }

  /** The number of fields that COMMAND INFO shows instead. */
  private static int undocumented(JsonNode entry) {
    return (int) Stream.of("categories", "tips", "key_specs").filter(entry::has).count();
  }

  private static void writeTexts(ReplyWriter reply, JsonNode entry, List<String> names) {
    for (String name : names) {
      if (entry.has(name)) {
        reply.bulk(name);
        reply.bulk(entry.path(name).asText());
      }
    }
  }

  private static void writeHistory(ReplyWriter reply, JsonNode history) {
    reply.bulk("history");
    reply.set(history.size());
    for (JsonNode change : history) {
      reply.array(2);
      change.forEach(text -> reply.bulk(text.asText()));
    }
  }

  private static void writeArguments(ReplyWriter reply, JsonNode arguments) {
    reply.bulk("arguments");
    reply.array(arguments.size());
    arguments.forEach(argument -> writeArgument(reply, argument));
  }

  private static void writeArgument(ReplyWriter reply, JsonNode argument) {
    List<String> flags = ARGUMENT_FLAGS.stream().filter(argument::has).toList();
    boolean group = argument.has("arguments");
    int shown = argument.size() - flags.size() + (flags.isEmpty() ? 0 : 1);
    reply.map(shown + (group || argument.has("display") ? 0 : 1));
    writeTexts(reply, argument, List.of("name", "type"));
    if (!group) {
      reply.bulk("display_text");
      reply.bulk(argument.path("display").asText(argument.path("name").asText()));
    }
    if (argument.has("key_spec_index")) {
      reply.bulk("key_spec_index");
      reply.integer(argument.path("key_spec_index").asLong());
    }
    writeTexts(reply, argument, List.of("token", "since", "deprecated_since"));
    if (!flags.isEmpty()) {
      reply.bulk("flags");
      reply.set(flags.size());
      flags.forEach(reply::simple);
    }
    if (group) {
      writeArguments(reply, argument.path("arguments"));
    }
  }
}
