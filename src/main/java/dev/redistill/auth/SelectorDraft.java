package dev.redistill.auth;

import java.util.ArrayList;
import java.util.List;

/** A selector that is being made, rule by rule. Used by one thread. */
final class SelectorDraft {

  private final CommandRules commands;
  private final List<Pattern> keys = new ArrayList<>();
  private final List<Pattern> channels = new ArrayList<>();
  private boolean allKeys;
  private boolean allChannels;

  /** A selector that allows nothing, but all channels where that is the default. */
  SelectorDraft(CommandCatalog catalog, boolean allChannels) {
    commands = new CommandRules(catalog);
    this.allChannels = allChannels;
  }

  /** The selector that another one becomes by more rules. */
  SelectorDraft(CommandCatalog catalog, Selector origin) {
    commands = new CommandRules(catalog, origin);
    keys.addAll(origin.keys());
    channels.addAll(origin.channels());
    allKeys = origin.allowsAllKeys();
    allChannels = origin.allowsAllChannels();
  }

  CommandRules commands() {
    return commands;
  }

  List<Pattern> keys() {
    return keys;
  }

  List<Pattern> channels() {
    return channels;
  }

  boolean isAllKeys() {
    return allKeys;
  }

  boolean isAllChannels() {
    return allChannels;
  }

  Selector finish() {
    return new Selector(this);
  }

  /** Applies a rule. */
  void take(String rule) {
    String lower = CommandRules.lower(rule);
    switch (lower) {
      case "allkeys", "~*" -> resetKeys(true);
      case "resetkeys" -> resetKeys(false);
      case "allchannels", "&*" -> resetChannels(true);
      case "resetchannels" -> resetChannels(false);
      case "allcommands", "+@all" -> commands.everything();
      case "nocommands", "-@all" -> commands.none();
      default -> takePattern(rule, lower);
    }
  }

  private void takePattern(String rule, String lower) {
    switch (rule.charAt(0)) {
      case '~' -> addKeys(rule.substring(1), Pattern.READ | Pattern.WRITE);
      case '%' -> takeKeysWithAccess(rule);
      case '&' -> addChannels(rule.substring(1));
      case '+', '-' -> commands.take(lower);
      default -> throw new BadRuleException(BadRuleException.SYNTAX);
    }
  }

  private void resetKeys(boolean all) {
    allKeys = all;
    keys.clear();
  }

  private void resetChannels(boolean all) {
    allChannels = all;
    channels.clear();
  }

  /** Takes {@code %R~}, {@code %W~} or {@code %RW~} and the pattern behind it. */
  private void takeKeysWithAccess(String rule) {
    int access = 0;
    int at = 1;
    while (at < rule.length() && rule.charAt(at) != '~') {
      int bit =
          switch (rule.charAt(at)) {
            case 'R', 'r' -> Pattern.READ;
            case 'W', 'w' -> Pattern.WRITE;
            default -> 0;
          };
      if (bit == 0 || (access & bit) != 0) {
        throw new BadRuleException(BadRuleException.SYNTAX);
      }
      access |= bit;
      at++;
    }
    if (access == 0) {
      throw new BadRuleException(BadRuleException.SYNTAX);
    }
    addKeys(rule.substring(Math.min(at + 1, rule.length())), access);
  }

  private void addKeys(String text, int access) {
    if (allKeys) {
      throw BadRuleException.afterEverything("allkeys", "resetkeys", "patterns");
    }
    Pattern pattern = Pattern.of(text, access);
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).text().equals(text)) {
        keys.set(i, Pattern.of(text, access | keys.get(i).access()));
        return;
      }
    }
    keys.add(pattern);
  }

  private void addChannels(String text) {
    if (allChannels) {
      throw BadRuleException.afterEverything("allchannels", "resetchannels", "channels");
    }
    Pattern pattern = Pattern.of(text, 0);
    if (channels.stream().noneMatch(channel -> channel.text().equals(text))) {
      channels.add(pattern);
    }
  }
}
