package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import dev.redistill.command.Services;
import dev.redistill.resp.Ascii;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** INFO: what the server is, does and has done, in sections of lines. */
final class InfoCommand {

  static final List<Command> TABLE =
      List.of(other("INFO").arity(-1).with(Flag.LOADING, Flag.STALE).run(InfoCommand::info));

  private InfoCommand() {}

  /** The sections in their order. */
  private enum Section {
    SERVER(InfoSections::server),
    CLIENTS(InfoSections::clients),
    MEMORY(InfoMemory::write),
    PERSISTENCE(InfoSections::persistence),
    STATS(InfoStatistics::write),
    REPLICATION(InfoSections::replication),
    CPU(InfoSections::processor),
    MODULES(InfoSections::modules),
    COMMANDSTATS(InfoStatistics::commands),
    ERRORSTATS(InfoStatistics::errors),
    LATENCYSTATS(InfoStatistics::latencies),
    CLUSTER(InfoSections::cluster),
    KEYSPACE(InfoSections::keyspace),
    MRC(InfoMemory::missRatioCurve),
    PREFIXES(InfoKeys::prefixes),
    HOTKEYS(InfoKeys::hotKeys),
    BIGKEYS(InfoKeys::largeKeys),
    KEYSIZES(KeySizes::write);

    /** They hold names of keys, or look at every key, so they are only for who asks for them. */
    private static final Set<Section> ABOUT_KEYS = EnumSet.of(PREFIXES, HOTKEYS, BIGKEYS, KEYSIZES);

    private static final Set<Section> BY_DEFAULT =
        EnumSet.complementOf(
            EnumSet.of(COMMANDSTATS, LATENCYSTATS, MRC, PREFIXES, HOTKEYS, BIGKEYS, KEYSIZES));

    private final BiConsumer<InfoText, Services> writer;

    Section(BiConsumer<InfoText, Services> writer) {
      this.writer = writer;
    }

    /** The sections that a word of INFO asks for; none if it is unknown. */
    static Set<Section> named(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "default" -> BY_DEFAULT;
        case "all" -> EnumSet.complementOf(EnumSet.copyOf(ABOUT_KEYS));
        case "everything" -> EnumSet.allOf(Section.class);
        default -> only(word.toUpperCase(Locale.ROOT));
      };
    }

    private static Set<Section> only(String name) {
      Set<Section> sections = EnumSet.allOf(Section.class);
      sections.removeIf(section -> !section.name().equals(name));
      return sections;
    }
  }

  /** Every section but those about keys, for those who are no clients. */
  static String all(Services services) {
    InfoText text = new InfoText();
    for (Section section : Section.named("all")) {
      section.writer.accept(text, services);
    }
    return text.toString();
  }

  /** INFO [section ...]. The named sections, or those that cost little. */
  private static void info(Call call) {
    Arguments arguments = call.arguments();
    Set<Section> wanted = EnumSet.noneOf(Section.class);
    if (!arguments.hasNext()) {
      wanted.addAll(Section.BY_DEFAULT);
    }
    while (arguments.hasNext()) {
      wanted.addAll(Section.named(arguments.nextText()));
    }
    InfoText text = new InfoText();
    for (Section section : wanted) {
      section.writer.accept(text, call.services());
    }
    call.reply().verbatim("txt", Ascii.bytes(text.toString()));
  }
}
