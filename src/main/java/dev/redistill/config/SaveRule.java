package dev.redistill.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reason to write a snapshot.
 *
 * @param seconds how long ago the last snapshot is, at least
 * @param changes how many changes there were since, at least
 */
public record SaveRule(long seconds, long changes) {

  /** Pairs of numbers; the lines of a file add up. */
  record Type() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      if (words.equals(List.of(""))) {
        return List.of();
      }
      if (words.size() % 2 != 0) {
        throw invalid();
      }
      List<SaveRule> rules = new ArrayList<>();
      for (int i = 0; i < words.size(); i += 2) {
        rules.add(rule(words.get(i), words.get(i + 1)));
      }
      return List.copyOf(rules);
    }

    private static SaveRule rule(String seconds, String changes) {
      try {
        SaveRule rule = new SaveRule(NumberTypes.number(seconds), NumberTypes.number(changes));
        if (rule.seconds < 1 || rule.changes < 0) {
          throw invalid();
        }
        return rule;
      } catch (BadValueException e) {
        throw invalid();
      }
    }

    private static BadValueException invalid() {
      return new BadValueException("Invalid save parameters");
    }

    /** Returns no rules if none are added, which is how an empty line takes all back. */
    @Override
    public Object append(Object earlier, Object value) {
      List<SaveRule> added = rules(value);
      return added.isEmpty()
          ? added
          : Stream.concat(rules(earlier).stream(), added.stream()).toList();
    }

    @Override
    public String format(Object value) {
      return rules(value).stream()
          .map(rule -> rule.seconds + " " + rule.changes)
          .collect(Collectors.joining(" "));
    }

    @SuppressWarnings("unchecked")
    private static List<SaveRule> rules(Object value) {
      return (List<SaveRule>) value;
    }

    @Override
    public boolean splits() {
      return true;
    }

    @Override
    public String placeholder() {
      return "<seconds> <changes>...";
    }
  }
}
