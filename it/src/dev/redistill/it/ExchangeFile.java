package dev.redistill.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads exchanges from a text file and expands them over their variables; {@code
 * it/resources/exchanges/README.md} describes the form.
 */
final class ExchangeFile {
  private static final Pattern REPEAT = Pattern.compile("\\$\\{([^}]+)\\*(\\d+)}");

  private final String name;
  private final Map<String, List<String>> lists = new LinkedHashMap<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private String group = "";
  private List<Integer> protocols = List.of(2);
  private boolean newer;

  private String title = "";
  private int line;
  private int titleLine;
  private final Map<String, List<String>> variables = new LinkedHashMap<>();
  private final List<String> script = new ArrayList<>();

  private ExchangeFile(String name) {
    this.name = name;
  }

  /** All exchanges of all files of a directory. */
  static List<Exchange> readAll(Path directory) throws IOException {
    List<Exchange> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".txt")).sorted().toList()) {
        all.addAll(read(file));
      }
    }
    return all;
  }

  private static List<Exchange> read(Path file) throws IOException {
    ExchangeFile reader = new ExchangeFile(String.valueOf(file.getFileName()));
    for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      reader.line++;
      reader.accept(text.strip());
    }
    reader.finishCase();
    return reader.exchanges;
  }

  private void accept(String text) {
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    if (text.startsWith("== ")) {
      finishCase();
      title = text.substring(3);
      titleLine = line;
    } else if (!directive(text)) {
      if (title.isEmpty()) {
        throw new IllegalArgumentException(name + ":" + line + ": outside a case: " + text);
      }
      script.add(text);
    }
  }

  private boolean directive(String text) {
    String[] words = text.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "@group" -> group = rest;
      case "@protocols" ->
          protocols = Stream.of(rest.split(" ", -1)).map(Integer::valueOf).toList();
      case "@newer" -> newer = true;
      case "@list" -> define(rest, lists);
      case "@for" -> define(rest, variables);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void define(String rest, Map<String, List<String>> into) {
    int space = rest.indexOf(' ');
    String variable = rest.substring(0, space);
    String value = rest.substring(space + 1).strip();
    if (value.startsWith("in ")) {
      List<String> known = new ArrayList<>();
      for (String list : value.substring(3).split(" ", -1)) {
        known.addAll(lists.getOrDefault(list, List.of()));
      }
      if (known.isEmpty()) {
        throw new IllegalArgumentException(name + ":" + line + ": no such list: " + value);
      }
      into.put(variable, known);
    } else {
      String[] parts = (value.substring(1) + " ").split("(?<=\\s)\\|(?=\\s)", -1);
      into.put(variable, Stream.of(parts).map(String::strip).toList());
    }
  }

  private void finishCase() {
    if (!title.isEmpty()) {
      expand(List.copyOf(variables.entrySet()), new LinkedHashMap<>());
    }
    title = "";
    variables.clear();
    script.clear();
  }

  private void expand(List<Map.Entry<String, List<String>>> open, Map<String, String> chosen) {
    if (open.isEmpty()) {
      protocols.forEach(protocol -> exchanges.add(exchange(chosen, protocol)));
      return;
    }
    Map.Entry<String, List<String>> first = open.get(0);
    for (String value : first.getValue()) {
      Map<String, String> more = new LinkedHashMap<>(chosen);
      more.put(first.getKey(), value);
      expand(open.subList(1, open.size()), more);
    }
  }

  private Exchange exchange(Map<String, String> chosen, int protocol) {
    List<Step> steps = new ArrayList<>();
    for (String template : script) {
      String text = substitute(template, chosen);
      boolean several = template.startsWith("${") && !text.startsWith("@");
      for (String part : several ? text.split(" ; ") : new String[] {text}) {
        if (!part.isBlank()) {
          StepLine.add(part.strip(), steps);
        }
      }
    }
    String full = chosen.isEmpty() ? title : title + " " + chosen;
    return new Exchange(group, full, name + ":" + titleLine, protocol, newer, steps);
  }

  private static String substitute(String template, Map<String, String> chosen) {
    String text = template;
    for (Map.Entry<String, String> choice : chosen.entrySet()) {
      text = text.replace("${" + choice.getKey() + "}", choice.getValue());
    }
    return REPEAT
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
  }
}
