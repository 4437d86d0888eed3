package dev.redistill.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A file with a user on each line. */
final class AclFile {

  private final String name;
  private final Function<String, UserDraft> newUser;
  private final Map<String, UserDraft> users = new LinkedHashMap<>();
  private final StringBuilder errors = new StringBuilder();

  private AclFile(String name, Function<String, UserDraft> newUser) {
    this.name = name;
    this.newUser = newUser;
  }

  static String read(Path file) throws IOException {
    return Files.readString(file, ISO_8859_1);
  }

  /**
   * Reads the users of a file.
   *
   * @throws BadRuleException with all that is wrong
   */
  static Collection<UserDraft> parse(
      String text, String name, Function<String, UserDraft> newUser) {
    AclFile file = new AclFile(name, newUser);
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String trimmed = line.strip();
      if (!trimmed.isEmpty()) {
        file.parseLine(number, List.of(trimmed.split(" ", -1)));
      }
    }
    if (!file.errors.isEmpty()) {
      throw new BadRuleException(
          file.errors
              + "WARNING: ACL errors detected, no change to the previously active ACL rules was"
              + " performed");
    }
    return file.users.values();
  }

  private void parseLine(int number, List<String> words) {
    String place = name + ":" + number;
    if (!words.getFirst().equals("user") || words.size() < 2) {
      errors.append(place).append(" should start with user keyword followed by the username. ");
      return;
    }
    String user = words.get(1);
    if (Rules.isBadName(user)) {
      errors.append("'" + place + ": username '" + user + "' contains invalid characters. ");
      return;
    }
    UserDraft draft = newUser.apply(user);
    if (users.putIfAbsent(user, draft) != null) {
      errors.append("WARNING: Duplicate user '" + user + "' found on line " + number + ". ");
      return;
    }
    try {
      takeAll(draft, Rules.joined(words.subList(2, words.size())), place);
    } catch (BadRuleException e) {
      errors.append(place).append(": Unmatched parenthesis in selector definition.");
    }
  }

  private void takeAll(UserDraft draft, List<String> rules, String place) {
    boolean complained = false;
    for (String rule : rules) {
      try {
        draft.take(rule.strip());
      } catch (BadRuleException e) {
        if (e.isUnknownName()) {
          errors.append(place + ": Error in applying operation '" + rule + "': " + e.text() + ". ");
        } else if (!complained) {
          complained = true;
          errors.append(place + ": " + e.text() + ". ");
        }
      }
    }
  }
}
