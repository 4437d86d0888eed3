package dev.redistill.auth;

import java.util.ArrayList;
import java.util.List;

/** Rules as they are given: a selector may be spread over several words. */
final class Rules {

  private Rules() {}

  /** Puts the words between parentheses together. */
  static List<String> joined(List<String> words) {
    List<String> rules = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    String start = "";
    for (String word : words) {
      if (word.startsWith("(") && !word.endsWith(")")) {
        open.setLength(0);
        open.append(word);
        start = word;
      } else if (open.isEmpty()) {
        rules.add(word);
      } else {
        open.append(' ').append(word);
        if (word.endsWith(")")) {
          rules.add(open.toString());
          open.setLength(0);
        }
      }
    }
    if (!open.isEmpty()) {
      throw new BadRuleException(
          "Unmatched parenthesis in acl selector starting at '" + start + "'.");
    }
    return rules;
  }

  /** A rule as it may be shown: passwords and their hashes are left out. */
  static String shown(String rule) {
    boolean secret = !rule.isEmpty() && "><#!".indexOf(rule.charAt(0)) >= 0;
    return secret && rule.length() > 1 ? rule.charAt(0) + "(hidden)" : rule;
  }

  /** Whether a user cannot have this name. */
  static boolean isBadName(String name) {
    return name.chars()
        .anyMatch(
            character -> character == 0 || character == ' ' || (character >= 9 && character <= 13));
  }
}
