package dev.redistill.config;

import static java.util.Locale.ROOT;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of settings that are kept as a {@link String}, a {@link Boolean} or a list of words.
 */
final class TextTypes {

  private TextTypes() {}

  /** Yes or no. */
  record YesNo() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      return switch (SettingType.only(words).toLowerCase(ROOT)) {
        case "yes" -> true;
        case "no" -> false;
        default -> throw new BadValueException("argument must be 'yes' or 'no'");
      };
    }

    @Override
    public String format(Object value) {
      return (Boolean) value ? "yes" : "no";
    }

    @Override
    public String placeholder() {
      return "yes|no";
    }
  }

  /** One of a few names, in any case. */
  record Choice(List<String> names) implements SettingType {

    Choice(String... names) {
      this(List.of(names));
    }

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      String name = SettingType.only(words).toLowerCase(ROOT);
      if (!names.contains(name)) {
        throw outside(names);
      }
      return name;
    }

    @Override
    public String placeholder() {
      return names.size() <= 4 ? String.join("|", names) : "<name>";
    }
  }

  /** What to do at a signal: some of Redis' shutdown options. */
  record SignalActions() implements SettingType {

    private static final List<String> NAMES = List.of("default", "save", "nosave", "now", "force");

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      List<String> given = words.stream().map(word -> word.toLowerCase(ROOT)).toList();
      if (given.isEmpty() || !NAMES.containsAll(given)) {
        throw outside(NAMES);
      }
      if (given.contains("save") && given.contains("nosave")) {
        throw new BadValueException(
            "shutdown options SAVE and NOSAVE can't be used simultaneously");
      }
      List<String> actions = NAMES.stream().skip(1).filter(given::contains).toList();
      return actions.isEmpty() ? "default" : String.join(" ", actions);
    }

    @Override
    public boolean splits() {
      return true;
    }

    @Override
    public String placeholder() {
      return "default|save|nosave|now|force...";
    }
  }

  /** Any text but NUL, which no file name may hold. A secret one is never repeated in a message. */
  record Text(boolean secret) implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      String text = SettingType.only(words);
      if (text.indexOf('\0') >= 0) {
        throw new BadValueException("argument must not hold a NUL character");
      }
      return text;
    }

    @Override
    public List<String> lines(Object value) {
      return List.of(Words.quote((String) value));
    }

    @Override
    public String placeholder() {
      return secret ? "<password>" : "<text>";
    }
  }

  /** A directory that exists, kept as an absolute path. */
  record Directory() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      try {
        Path path = Path.of(SettingType.only(words)).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
          throw new BadValueException("No such file or directory");
        }
        if (!Files.isDirectory(path)) {
          throw new BadValueException("Not a directory");
        }
        return path.toString();
      } catch (InvalidPathException e) {
        throw new BadValueException("Invalid argument");
      }
    }

    @Override
    public List<String> lines(Object value) {
      return List.of(Words.quote((String) value));
    }

    @Override
    public String placeholder() {
      return "<directory>";
    }
  }

  /** The name of a file without a directory. */
  record FileName(String setting) implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      String name = SettingType.only(words);
      if (name.contains("/") || name.contains("\\")) {
        throw new BadValueException(setting + " can't be a path, just a filename");
      }
      return name;
    }

    @Override
    public List<String> lines(Object value) {
      return List.of(Words.quote((String) value));
    }

    @Override
    public String placeholder() {
      return "<file name>";
    }
  }

  /** Up to so many words. */
  record WordList(int max, String tooMany, String placeholder) implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      if (words.size() > max) {
        throw new BadValueException(tooMany);
      }
      return words.stream().filter(word -> !word.isEmpty()).toList();
    }

    @Override
    @SuppressWarnings("unchecked")
    public String format(Object value) {
      return String.join(" ", (List<String>) value);
    }

    @Override
    public boolean splits() {
      return true;
    }
  }

  /** Three numbers for the kernel's out-of-memory killer. */
  record KillerScores() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      if (words.size() != 3) {
        throw new BadValueException("wrong number of arguments");
      }
      for (String word : words) {
        if (!word.matches("-?[0-9]{1,4}") || Math.abs(Integer.parseInt(word)) > 2000) {
          throw new BadValueException(
              "Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
        }
      }
      return String.join(" ", words);
    }

    @Override
    public boolean splits() {
      return true;
    }

    @Override
    public String placeholder() {
      return "<number> <number> <number>";
    }
  }

  /** Some percentages, fractions allowed. */
  record Percentiles() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      if (words.equals(List.of(""))) {
        return "";
      }
      return String.join(" ", words.stream().map(Percentiles::percentile).toList());
    }

    private static String percentile(String word) {
      if (!word.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
        throw new BadValueException("Invalid latency-tracking-info-percentiles parameters");
      }
      double percentile = Double.parseDouble(word);
      if (percentile < 0 || percentile > 100) {
        throw new BadValueException(
            "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
      }
      return word;
    }

    @Override
    public boolean splits() {
      return true;
    }

    @Override
    public String placeholder() {
      return "<percent>...";
    }
  }

  private static BadValueException outside(List<String> names) {
    return new BadValueException(
        "argument(s) must be one of the following: " + String.join(", ", names));
  }
}
