package dev.redistill.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The categories of commands that access lists know, in the order of {@code COMMAND INFO}. */
enum AclCategory {
  KEYSPACE,
  READ,
  WRITE,
  SET,
  SORTEDSET,
  LIST,
  HASH,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  STREAM,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  BLOCKING,
  DANGEROUS,
  CONNECTION,
  TRANSACTION,
  SCRIPTING;

  /** The name in replies. */
  String text() {
    return "@" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * The categories of a command: those it is documented with and those that follow from its flags.
   */
  static Set<AclCategory> of(Command command) {
    Set<AclCategory> categories = EnumSet.of(command.is(Flag.FAST) ? FAST : SLOW);
    for (JsonNode category : Documentation.of(command).path("categories")) {
      categories.add(valueOf(category.asText()));
    }
    if (command.is(Flag.WRITE)) {
      categories.add(WRITE);
    }
    if (command.is(Flag.READONLY) && !categories.contains(SCRIPTING)) {
      categories.add(READ);
    }
    if (command.is(Flag.ADMIN)) {
      categories.addAll(Set.of(ADMIN, DANGEROUS));
    }
    if (command.is(Flag.PUBSUB)) {
      categories.add(PUBSUB);
    }
    if (command.is(Flag.BLOCKING)) {
      categories.add(BLOCKING);
    }
    return categories;
  }
}
