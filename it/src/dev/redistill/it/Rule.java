package dev.redistill.it;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * How the replies of two servers are compared; each but the first names what may differ, and why.
 */
enum Rule {
  /** Every byte. */
  EXACT(String::equals),

  /** The order of the elements is the server's choice (KEYS, SCAN, sets, maps). */
  SORTED((redis, ours) -> mapped(redis, Rule::sorted).equals(mapped(ours, Rule::sorted))),

  /** Numbers are clock readings or byte counts: every digit run is masked, the rest is exact. */
  NUMBERS((redis, ours) -> mapped(redis, Rule::masked).equals(mapped(ours, Rule::masked))),

  /** Milliseconds that have passed since: integers may lie up to a second apart. */
  CLOSE((redis, ours) -> close(redis, ours, 1_000)),

  /** Seconds until a moment, asked for one after the other: integers may lie one apart. */
  SECONDS((redis, ours) -> close(redis, ours, 1)),

  /** Texts are the server's own (help, documentation): types and counts are compared. */
  SHAPE((redis, ours) -> mapped(redis, Rule::blank).equals(mapped(ours, Rule::blank))),

  /** Help lists more where the server knows more: the first line, and every element a status. */
  HELP(Rule::help),

  /** HELLO: version and connection id are the server's own. */
  HELLO((redis, ours) -> mapped(redis, Rule::anonymous).equals(mapped(ours, Rule::anonymous))),

  /**
   * CLIENT LIST and INFO: fields that depend on the socket or memory are masked, new ones allowed.
   */
  CLIENT(Rule::client),

  /** INFO: every section and every field of Redis is there, whatever its value. */
  FIELDS((redis, ours) -> names(ours).containsAll(names(redis))),

  /** A bulk string whose text is random: only type and presence. */
  ANY((redis, ours) -> redis.charAt(0) == ours.charAt(0));

  private static final Set<String> CLIENT_OWN =
      Set.of(
          "id",
          "addr",
          "laddr",
          "fd",
          "age",
          "idle",
          "qbuf",
          "qbuf-free",
          "argv-mem",
          "multi-mem",
          "rbs",
          "rbp",
          "obl",
          "oll",
          "omem",
          "tot-mem",
          "events");

  private final BiPredicate<String, String> same;

  Rule(BiPredicate<String, String> same) {
    this.same = same;
  }

  boolean same(String redis, String ours) {
    return redis.equals(ours) || (!redis.isEmpty() && !ours.isEmpty() && same.test(redis, ours));
  }

  private static String mapped(String reply, UnaryOperator<Tree> change) {
    StringBuilder out = new StringBuilder();
    Tree.parse(reply).forEach(tree -> out.append(change.apply(tree).raw()));
    return out.toString();
  }

  private static Tree sorted(Tree tree) {
    List<Tree> children = tree.children().stream().map(Rule::sorted).toList();
    if (tree.type() == '%') {
      List<List<Tree>> pairs = new ArrayList<>();
      for (int i = 0; i < children.size(); i += 2) {
        pairs.add(children.subList(i, i + 2));
      }
      pairs.sort(Comparator.comparing(pair -> pair.get(0).raw()));
      return tree.withChildren(pairs.stream().flatMap(List::stream).toList());
    }
    return tree.withChildren(children.stream().sorted(Comparator.comparing(Tree::raw)).toList());
  }

  private static Tree masked(Tree tree) {
    String text = tree.isAggregate() ? tree.text() : tree.text().replaceAll("\\d+", "#");
    return tree.withText(text).withChildren(tree.children().stream().map(Rule::masked).toList());
  }

  private static Tree blank(Tree tree) {
    String text = tree.isAggregate() || tree.text().equals("-1") ? tree.text() : "";
    return tree.withText(text).withChildren(tree.children().stream().map(Rule::blank).toList());
  }

  private static boolean close(String redis, String ours, long most) {
    List<Long> left = new ArrayList<>();
    List<Long> right = new ArrayList<>();
    String leftRest = mapped(redis, tree -> withoutIntegers(tree, left));
    String rightRest = mapped(ours, tree -> withoutIntegers(tree, right));
    if (!leftRest.equals(rightRest)) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (Math.abs(left.get(i) - right.get(i)) > most) {
        return false;
      }
    }
    return true;
  }

  private static Tree withoutIntegers(Tree tree, List<Long> found) {
    if (tree.type() == ':' && Long.parseLong(tree.text()) >= 0) {
      found.add(Long.parseLong(tree.text()));
      return tree.withText("");
    }
    return tree.withChildren(
        tree.children().stream().map(child -> withoutIntegers(child, found)).toList());
  }

  private static boolean help(String redis, String ours) {
    Tree left = Tree.parse(redis).get(0);
    Tree right = Tree.parse(ours).get(0);
    return left.type() == right.type()
        && !right.children().isEmpty()
        && left.children().get(0).equals(right.children().get(0))
        && right.children().stream().allMatch(line -> line.type() == '+');
  }

  private static Tree anonymous(Tree tree) {
    List<Tree> children = new ArrayList<>(tree.children());
    for (int i = 0; i + 1 < children.size(); i += 2) {
      if (Set.of("version", "id").contains(children.get(i).text())) {
        children.set(i + 1, children.get(i + 1).withText("#"));
      }
    }
    children.replaceAll(Rule::anonymous);
    return tree.withChildren(children);
  }

  private static boolean client(String redis, String ours) {
    List<Map<String, String>> known = clients(redis);
    List<Map<String, String>> shown = clients(ours);
    if (!mapped(redis, Rule::blank).equals(mapped(ours, Rule::blank))
        || known.size() != shown.size()) {
      return false;
    }
    for (int i = 0; i < known.size(); i++) {
      if (!shown.get(i).entrySet().containsAll(known.get(i).entrySet())) {
        return false;
      }
    }
    return true;
  }

  /** The fields of every line that describes a client. */
  private static List<Map<String, String>> clients(String reply) {
    return reply
        .lines()
        .map(line -> line.startsWith("txt:") ? line.substring(4) : line)
        .filter(line -> line.startsWith("id="))
        .map(Rule::fields)
        .toList();
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : line.split(" ", -1)) {
      int equals = Math.max(0, field.indexOf('='));
      String key = field.substring(0, equals);
      fields.put(key, CLIENT_OWN.contains(key) ? "#" : field.substring(equals));
    }
    return fields;
  }

  private static List<String> names(String reply) {
    return Tree.parse(reply)
        .get(0)
        .text()
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.startsWith("#") ? line : line.substring(0, line.indexOf(':') + 1))
        .toList();
  }
}
