package dev.redistill.commands;

import dev.redistill.command.Services;
import java.util.LinkedHashMap;
import java.util.Map;

/** What INFO tells, for those who are no clients. */
public final class Information {

  private Information() {}

  /** Every field of every section but those about keys by its name, in their order. */
  public static Map<String, String> fields(Services services) {
    Map<String, String> fields = new LinkedHashMap<>();
    InfoCommand.all(services)
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains(":"))
        .forEach(line -> {
          int colon = line.indexOf(':');
          fields.put(line.substring(0, colon), line.substring(colon + 1));
        });
    return fields;
  }
}
