package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Reads files in the syntax of redis.conf: a directive and its words on each line. */
final class ConfigFile {

  private ConfigFile() {}

  /** Reads a file into a loader. */
  static void read(Path path, ConfigLoader loader) {
    try {
      String text = new String(Files.readAllBytes(path), UTF_8);
      if (path.toString().endsWith(".json")) {
        JsonConfigFile.read(path.toString(), text, loader);
      } else {
        readText(path.toString(), text, loader);
      }
    } catch (IOException e) {
      loader.complain("Fatal error, can't open config file '" + path + "': " + reason(e));
    }
  }

  /** Reads lines into a loader. */
  static void readText(String source, String text, ConfigLoader loader) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String trimmed = line.replace("\uFEFF", "").strip();
      if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
        readLine(new Origin.Line(source, number), trimmed, loader);
      }
    }
  }

  private static void readLine(Origin origin, String line, ConfigLoader loader) {
    List<String> words;
    try {
      words = Words.split(line);
    } catch (BadValueException e) {
      String directive = line.split("\\s", 2)[0];
      loader.complain(origin, directive + " ...", String.valueOf(e.getMessage()));
      return;
    }
    loader.take(origin, line, words);
  }

  /**
   * Reads the files that a path or a pattern names. A pattern may name none; its wildcards stand
   * after the last slash.
   */
  static void include(String name, ConfigLoader loader) {
    try {
      files(name, loader).forEach(file -> read(file, loader));
    } catch (InvalidPathException | PatternSyntaxException e) {
      throw new BadValueException("include names no file: " + e.getMessage());
    }
  }

  private static List<Path> files(String name, ConfigLoader loader) {
    if (!name.contains("*") && !name.contains("?") && !name.contains("[")) {
      return List.of(Path.of(name));
    }
    int slash = name.lastIndexOf('/');
    Path directory = Path.of(slash < 0 ? "." : name.substring(0, slash + 1));
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, name.substring(slash + 1))) {
      entries.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      loader.complain("Fatal error, can't read directory '" + directory + "': " + reason(e));
    }
    Collections.sort(files);
    return files;
  }

  /** Returns what went wrong in the words of the operating system, as far as Java tells. */
  static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "Permission denied";
    }
    return String.valueOf(failure.getMessage());
  }
}
