package dev.redistill.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.auth.Category;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import java.util.EnumSet;
import java.util.Set;

/** The categories that commands belong to. */
final class Categories {

  private Categories() {}

  /**
   * The categories of a command: those it is documented with and those that follow from its flags.
   */
  static Set<Category> of(Command command) {
    Set<Category> categories = EnumSet.of(command.is(Flag.FAST) ? Category.FAST : Category.SLOW);
    for (JsonNode category : Documentation.of(command).path("categories")) {
      categories.add(Category.valueOf(category.asText()));
    }
    if (command.is(Flag.WRITE)) {
      categories.add(Category.WRITE);
    }
    if (command.is(Flag.READONLY) && !categories.contains(Category.SCRIPTING)) {
      categories.add(Category.READ);
    }
    if (command.is(Flag.ADMIN)) {
      categories.addAll(Set.of(Category.ADMIN, Category.DANGEROUS));
    }
    if (command.is(Flag.PUBSUB)) {
      categories.add(Category.PUBSUB);
    }
    if (command.is(Flag.BLOCKING)) {
      categories.add(Category.BLOCKING);
    }
    return categories;
  }
}
