package dev.redistill.it;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one line of a case. */
final class StepLine {
  private static final Pattern PREFIX =
      Pattern.compile("(?:(\\d): )?(?:\\[([a-z]+)\\] )?(.*)", Pattern.DOTALL);

  private StepLine() {}

  static void add(String line, List<Step> steps) {
    Matcher prefix = PREFIX.matcher(line);
    if (!prefix.matches()) {
      throw new IllegalArgumentException("not understood: " + line);
    }
    int connection = prefix.group(1) == null ? 1 : Integer.parseInt(prefix.group(1));
    Check check =
        prefix.group(2) == null
            ? Check.EXACT
            : new Check(Rule.valueOf(prefix.group(2).toUpperCase(Locale.ROOT)));
    add(connection, check, prefix.group(3), steps);
  }

  private static void add(int connection, Check check, String body, List<Step> steps) {
    String[] words = body.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "@raw" -> steps.add(raw(connection, check, rest));
      case "@send" -> steps.add(Step.Send.request(connection, Wire.split(rest), 0, check));
      case "@read" -> steps.add(Step.Send.raw(connection, "", count(rest), check));
      case "@until" -> steps.add(Step.Send.until(connection, rest, check));
      case "@let" -> steps.add(let(connection, check, rest));
      case "@sleep" -> steps.add(new Step.Pause(Integer.parseInt(rest)));
      case "@leave" -> steps.add(new Step.Leave(connection));
      case "@expect", "@ours" -> state(rest, steps);
      default -> {
        if (body.startsWith("@")) {
          throw new IllegalArgumentException("unknown directive: " + body);
        }
        steps.add(Step.Send.request(connection, Wire.split(body), 1, check));
      }
    }
  }

  private static Step raw(int connection, Check check, String rest) {
    int space = rest.indexOf(' ');
    String bytes = String.join("", Wire.split(rest.substring(space + 1)));
    return Step.Send.raw(connection, bytes, count(rest.substring(0, space)), check);
  }

  private static int count(String word) {
    return switch (word) {
      case "close" -> Step.UNTIL_CLOSED;
      case "quiet" -> Step.NOTHING;
      default -> Integer.parseInt(word);
    };
  }

  private static Step let(int connection, Check check, String rest) {
    int space = rest.indexOf(' ');
    return Step.Send.request(connection, Wire.split(rest.substring(space + 1)), 1, check)
        .capturedAs(rest.substring(0, space));
  }

  /** Puts a stated reply to the step before; what follows its closing quote is the reason. */
  private static void state(String rest, List<Step> steps) {
    int end = rest.indexOf('"', 1);
    while (end > 0 && rest.charAt(end - 1) == '\\') {
      end = rest.indexOf('"', end + 1);
    }
    String stated = Wire.split(rest.substring(0, end + 1)).get(0);
    Step last = steps.remove(steps.size() - 1);
    if (!(last instanceof Step.Send send)) {
      throw new IllegalArgumentException("nothing to expect: " + rest);
    }
    Check check = new Check(send.check().rule(), stated, rest.substring(end + 1).strip());
    steps.add(send.with(check));
  }
}
