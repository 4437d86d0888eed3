package dev.redistill.auth;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of permissions: a command may run if one selector of its user allows the command and all of
 * its keys and channels. Never changes.
 */
public final class Selector {

  private final boolean allCommands;
  private final BitSet commands;
  private final Map<Integer, Set<String>> firstArguments;
  private final List<String> rules;
  private final boolean allKeys;
  private final List<Pattern> keys;
  private final boolean allChannels;
  private final List<Pattern> channels;

  Selector(SelectorDraft draft) {
    CommandRules commandRules = draft.commands();
    allCommands = commandRules.isAll();
    commands = (BitSet) commandRules.allowed().clone();
    firstArguments = Map.copyOf(commandRules.firstArguments());
    rules = List.copyOf(commandRules.rules());
    allKeys = draft.isAllKeys();
    keys = List.copyOf(draft.keys());
    allChannels = draft.isAllChannels();
    channels = List.copyOf(draft.channels());
  }

  /** Whether it forbids nothing. */
  boolean allowsEverything() {
    return allCommands && allKeys && allChannels;
  }

  boolean allowsAllCommands() {
    return allCommands;
  }

  public boolean allowsAllKeys() {
    return allKeys;
  }

  public boolean allowsAllChannels() {
    return allChannels;
  }

  /**
   * Whether a command is allowed.
   *
   * @param number its number in the catalog
   * @param firstArgument the first argument behind its name in lower case, or null
   */
  public boolean allowsCommand(int number, @Nullable String firstArgument) {
    if (allCommands || commands.get(number)) {
      return true;
    }
    return firstArgument != null
        && firstArguments.getOrDefault(number, Set.of()).contains(firstArgument);
  }

  /** Whether a key may be used; not to read nor to write it means that any access will do. */
  public boolean allowsKey(Name key, boolean reads, boolean writes) {
    int needed = (reads ? Pattern.READ : 0) | (writes ? Pattern.WRITE : 0);
    if (allKeys) {
      return true;
    }
    for (Pattern pattern : keys) {
      if (pattern.grants(needed) && pattern.matches(key.bytes(), key.offset(), key.length())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a channel may be published to or subscribed to. */
  public boolean allowsChannel(Name channel) {
    if (allChannels) {
      return true;
    }
    for (Pattern pattern : channels) {
      if (pattern.matches(channel.bytes(), channel.offset(), channel.length())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a pattern may be subscribed to: only one that is given in just these words. */
  public boolean allowsChannelPattern(Name pattern) {
    String text = pattern.text();
    return allChannels || channels.stream().anyMatch(channel -> channel.text().equals(text));
  }

  BitSet commands() {
    return commands;
  }

  Map<Integer, Set<String>> firstArguments() {
    return firstArguments;
  }

  List<String> rules() {
    return rules;
  }

  List<Pattern> keys() {
    return keys;
  }

  List<Pattern> channels() {
    return channels;
  }

  /** The rules about commands, one after the other. */
  public String commandRules() {
    return String.join(" ", rules);
  }

  /** The rules about keys, one after the other. */
  public String keyRules() {
    return allKeys ? "~*" : keys.stream().map(Pattern::keyRule).collect(Collectors.joining(" "));
  }

  /** The rules about channels, one after the other. */
  public String channelRules() {
    return allChannels
        ? "&*"
        : channels.stream().map(Pattern::channelRule).collect(Collectors.joining(" "));
  }

  /** All rules from which this selector follows. */
  String describe() {
    StringBuilder text = new StringBuilder();
    add(text, keyRules());
    add(text, allChannels ? "" : "resetchannels");
    add(text, channelRules());
    return text.append(commandRules()).toString();
  }

  private static void add(StringBuilder text, String rulesOfAKind) {
    if (!rulesOfAKind.isEmpty()) {
      text.append(rulesOfAKind).append(' ');
    }
  }
}
