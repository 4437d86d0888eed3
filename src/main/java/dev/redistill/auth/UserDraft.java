package dev.redistill.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** A user that is being made or changed, rule by rule. Used by one thread. */
final class UserDraft {

  private final CommandCatalog catalog;
  private final boolean allChannelsByDefault;
  private final String name;
  private boolean enabled;
  private boolean noPassword;
  private User.Payload payload = User.Payload.UNSAID;
  private final List<PasswordHash> passwords = new ArrayList<>();
  private SelectorDraft own;
  private final List<Selector> others = new ArrayList<>();

  /** A new user who may do nothing. */
  UserDraft(CommandCatalog catalog, boolean allChannelsByDefault, String name) {
    this.catalog = catalog;
    this.allChannelsByDefault = allChannelsByDefault;
    this.name = name;
    own = newSelector();
  }

  /** A user who is to change. */
  UserDraft(CommandCatalog catalog, boolean allChannelsByDefault, User origin) {
    this(catalog, allChannelsByDefault, origin.name());
    enabled = origin.isEnabled();
    noPassword = origin.needsNoPassword();
    payload = origin.payload();
    passwords.addAll(origin.hashes());
    own = new SelectorDraft(catalog, origin.selectors().getFirst());
    others.addAll(origin.selectors().subList(1, origin.selectors().size()));
  }

  private SelectorDraft newSelector() {
    return new SelectorDraft(catalog, allChannelsByDefault);
  }

  String name() {
    return name;
  }

  boolean isEnabled() {
    return enabled;
  }

  boolean needsNoPassword() {
    return noPassword;
  }

  User.Payload payload() {
    return payload;
  }

  List<PasswordHash> passwords() {
    return passwords;
  }

  List<Selector> selectors() {
    List<Selector> all = new ArrayList<>();
    all.add(own.finish());
    all.addAll(others);
    return List.copyOf(all);
  }

  /** Applies a rule; one that is empty does nothing. */
  void take(String rule) {
    switch (CommandRules.lower(rule)) {
      case "" -> {}
      case "on" -> enabled = true;
      case "off" -> enabled = false;
      case "skip-sanitize-payload" -> payload = User.Payload.SKIP;
      case "sanitize-payload" -> payload = User.Payload.SANITIZE;
      case "nopass" -> resetPasswords(true);
      case "resetpass" -> resetPasswords(false);
      case "clearselectors" -> others.clear();
      case "reset" -> reset();
      default -> takeOther(rule);
    }
  }

  private void takeOther(String rule) {
    String rest = rule.substring(1);
    switch (rule.charAt(0)) {
      case '>' -> add(PasswordHash.of(rest.getBytes(ISO_8859_1)));
      case '#' -> add(PasswordHash.ofDigits(rest));
      case '<' -> remove(PasswordHash.of(rest.getBytes(ISO_8859_1)));
      case '!' -> remove(PasswordHash.ofDigits(rest));
      case '(' -> addSelector(rule);
      default -> own.take(rule);
    }
  }

  private void resetPasswords(boolean none) {
    noPassword = none;
    passwords.clear();
  }

  private void reset() {
    resetPasswords(false);
    enabled = false;
    payload = User.Payload.SANITIZE;
    others.clear();
    own = newSelector();
  }

  private void add(PasswordHash hash) {
    if (!passwords.contains(hash)) {
      passwords.add(hash);
    }
    noPassword = false;
  }

  private void remove(PasswordHash hash) {
    if (!passwords.remove(hash)) {
      throw new BadRuleException(
          "The password you are trying to remove from the user does not exist");
    }
  }

  private void addSelector(String rule) {
    if (!rule.endsWith(")")) {
      throw new BadRuleException(BadRuleException.SYNTAX);
    }
    SelectorDraft selector = newSelector();
    for (String part : rule.substring(1, rule.length() - 1).split("[ \t\r\n]+", -1)) {
      if (!part.isEmpty()) {
        selector.take(part);
      }
    }
    others.add(selector.finish());
  }
}
