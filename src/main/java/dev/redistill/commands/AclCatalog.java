package dev.redistill.commands;

import dev.redistill.auth.Category;
import dev.redistill.auth.CommandCatalog;
import dev.redistill.command.Command;
import dev.redistill.command.CommandTable;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The commands of a server as its access list knows them, whatever they were renamed to. */
final class AclCatalog implements CommandCatalog {

  private final CommandTable commands;

  AclCatalog(CommandTable commands) {
    this.commands = commands;
  }

  @Override
  public int size() {
    return commands.numbers();
  }

  @Override
  public @Nullable BitSet find(String name) {
    Command command = commands.findOriginal(name);
    if (command == null) {
      return null;
    }
    BitSet numbers = new BitSet();
    add(command, numbers);
    return numbers;
  }

  @Override
  public boolean isContainer(String name) {
    Command command = commands.findOriginal(name);
    return command != null && !command.subcommands().isEmpty();
  }

  @Override
  public BitSet find(Category category) {
    BitSet numbers = new BitSet();
    for (Command command : commands.originals()) {
      if (Categories.of(command).contains(category)) {
        add(command, numbers);
      }
      command.subcommands().stream()
          .filter(part -> Categories.of(part).contains(category))
          .forEach(part -> add(part, numbers));
    }
    return numbers;
  }

  private static void add(Command command, BitSet numbers) {
    numbers.set(command.number());
    command.subcommands().forEach(part -> numbers.set(part.number()));
  }
}
