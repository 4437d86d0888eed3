package dev.redistill.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.auth.Category;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import dev.redistill.command.KeySpec;
import dev.redistill.resp.ReplyWriter;
import java.util.List;
import java.util.Set;

/** Writes the facts of a command as COMMAND INFO shows them. */
final class CommandInfo {

  private CommandInfo() {}

  static void write(ReplyWriter reply, Command command) {
    JsonNode documentation = Documentation.of(command);
    reply.array(10);
    reply.bulk(command.name());
    reply.integer(command.arity());
    reply.set(command.flags().size());
    for (Flag flag : command.flags()) {
      reply.simple(flag.text());
    }
    writeKeys(reply, command.keys());
    Set<Category> categories = Categories.of(command);
    reply.set(categories.size());
    for (Category category : categories) {
      reply.simple("@" + category.text());
    }
    JsonNode tips = documentation.path("tips");
    reply.set(tips.size());
    tips.forEach(tip -> reply.bulk(tip.asText()));
    JsonNode specs = documentation.path("key_specs");
    reply.set(specs.size());
    specs.forEach(spec -> writeSpec(reply, spec));
    /* Redis ends a command without subcommands with an empty set, any other with an array. */
    if (command.subcommands().isEmpty()) {
      reply.set(0);
    } else {
      reply.array(command.subcommands().size());
    }
    command.subcommands().forEach(part -> write(reply, part));
  }

  /** The range of the keys, as clients knew it before there were key specifications. */
  private static void writeKeys(ReplyWriter reply, KeySpec keys) {
    boolean counted = keys.counter() > 0;
    reply.integer(counted ? 0 : keys.first());
    reply.integer(counted ? 0 : keys.last());
    reply.integer(counted ? 0 : keys.step());
  }

  private static void writeSpec(ReplyWriter reply, JsonNode spec) {
    boolean noted = spec.has("notes");
    reply.map(noted ? 4 : 3);
    if (noted) {
      reply.bulk("notes");
      reply.bulk(spec.path("notes").asText());
    }
    reply.bulk("flags");
    List<String> flags = KeyPlaces.texts(spec.path("flags"));
    reply.set(flags.size());
    flags.forEach(reply::simple);
    writeSearch(reply, "begin_search", spec.path("begin"));
    writeSearch(reply, "find_keys", spec.path("find"));
  }

  private static void writeSearch(ReplyWriter reply, String title, JsonNode search) {
    String type = search.path(0).asText();
    List<String> names = names(type);
    reply.bulk(title);
    reply.map(2);
    reply.bulk("type");
    reply.bulk(type);
    reply.bulk("spec");
    reply.map(names.size());
    for (int i = 0; i < names.size(); i++) {
      reply.bulk(names.get(i));
      reply.integer(search.path(i + 1).asLong());
    }
  }

  private static List<String> names(String type) {
    return switch (type) {
      case "index" -> List.of("index");
      case "range" -> List.of("lastkey", "keystep", "limit");
      case "keynum" -> List.of("keynumidx", "firstkey", "keystep");
      default -> throw new IllegalStateException("unknown kind of key specification: " + type);
    };
  }
}
