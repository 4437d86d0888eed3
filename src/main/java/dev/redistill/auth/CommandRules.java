package dev.redistill.auth;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a selector that is being made, and the rules that lead to them. Used by one
 * thread.
 */
final class CommandRules {

  private final CommandCatalog catalog;
  private BitSet allowed = new BitSet();
  private final Map<Integer, Set<String>> firstArguments = new HashMap<>();
  private final List<String> rules = new ArrayList<>();
  private boolean all;

  CommandRules(CommandCatalog catalog) {
    this.catalog = catalog;
    none();
  }

  CommandRules(CommandCatalog catalog, Selector origin) {
    this.catalog = catalog;
    all = origin.allowsAllCommands();
    allowed = (BitSet) origin.commands().clone();
    origin
        .firstArguments()
        .forEach((number, words) -> firstArguments.put(number, new TreeSet<>(words)));
    rules.addAll(origin.rules());
  }

  boolean isAll() {
    return all;
  }

  BitSet allowed() {
    return allowed;
  }

  Map<Integer, Set<String>> firstArguments() {
    return firstArguments;
  }

  /** The rules from which the same commands follow: the first one is about all of them. */
  List<String> rules() {
    return rules;
  }

  void everything() {
    startWith("+@all", true);
    allowed.set(0, catalog.size());
  }

  void none() {
    startWith("-@all", false);
    allowed.clear();
  }

  private void startWith(String rule, boolean everything) {
    all = everything;
    firstArguments.clear();
    rules.clear();
    rules.add(rule);
  }

  /** Takes a rule that begins with a plus or a minus and is in lower case. */
  void take(String rule) {
    boolean allow = rule.charAt(0) == '+';
    String name = rule.substring(1);
    if (name.startsWith("@")) {
      Category category = Category.named(name.substring(1));
      if (category == null) {
        throw BadRuleException.unknownName();
      }
      change(catalog.find(category), allow);
    } else if (allow && name.indexOf('|') >= 0) {
      allowPart(name);
    } else {
      change(catalog.find(name), allow);
    }
    note(rule);
  }

  private void change(@Nullable BitSet numbers, boolean allow) {
    if (numbers == null) {
      throw BadRuleException.unknownName();
    }
    numbers.stream().forEach(firstArguments::remove);
    if (allow) {
      allowed.or(numbers);
    } else {
      allowed.andNot(numbers);
      all = false;
    }
  }

  /** Allows a subcommand, or a command with one first argument. */
  private void allowPart(String name) {
    int bar = name.lastIndexOf('|');
    String container = name.substring(0, bar);
    String part = name.substring(bar + 1);
    BitSet numbers = catalog.find(container);
    if (numbers == null) {
      throw BadRuleException.unknownName();
    }
    if (container.indexOf('|') >= 0) {
      throw new BadRuleException("Allowing first-arg of a subcommand is not supported");
    }
    if (part.isEmpty()) {
      throw new BadRuleException(BadRuleException.SYNTAX);
    }
    if (catalog.isContainer(container)) {
      change(catalog.find(name), true);
    } else {
      int number = numbers.nextSetBit(0);
      boolean unused = firstArguments.computeIfAbsent(number, key -> new TreeSet<>()).add(part);
    }
  }

  /** Notes a rule in the place of earlier ones about the same command, whose effect is gone. */
  private void note(String rule) {
    String name = rule.substring(1);
    rules
        .subList(1, rules.size())
        .removeIf(
            earlier -> earlier.substring(1).equals(name) || earlier.startsWith(name + "|", 1));
    rules.add(rule);
  }

  static String lower(String rule) {
    return rule.toLowerCase(Locale.ROOT);
  }
}
