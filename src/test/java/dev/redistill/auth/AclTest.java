package dev.redistill.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AclTest {

  /** Four commands, one of which has a subcommand. */
  private static final class FewCommands implements CommandCatalog {

    private static final List<String> NAMES =
        List.of("get", "set", "config", "config|get", "config|set", "select");

    @Override
    public int size() {
      return NAMES.size();
    }

    @Override
    public @Nullable BitSet find(String name) {
      BitSet numbers = new BitSet();
      for (int i = 0; i < NAMES.size(); i++) {
        if (NAMES.get(i).equals(name) || NAMES.get(i).startsWith(name + "|")) {
          numbers.set(i);
        }
      }
      return numbers.isEmpty() ? null : numbers;
    }

    @Override
    public boolean isContainer(String name) {
      return name.equals("config");
    }

    @Override
    public BitSet find(Category category) {
      BitSet numbers = new BitSet();
      switch (category) {
        case READ -> numbers.set(0);
        case WRITE -> numbers.set(1);
        case ADMIN -> numbers.set(2, 5);
        default -> {}
      }
      return numbers;
    }
  }

  private final Acl acl = new Acl(new FewCommands(), () -> false);

  @TempDir private Path directory;

  private String line(String name) {
    return Objects.requireNonNull(acl.find(name)).line();
  }

  private String after(String... rules) {
    acl.change("u", List.of(rules));
    return line("u");
  }

  private boolean logsIn(String name, String password) {
    return acl.login(name, password.getBytes(ISO_8859_1)) != null;
  }

  @Test
  void theDefaultUser_mayDoEverything() {
    assertThat(line("default")).isEqualTo("user default on nopass ~* &* +@all");
    assertThat(acl.defaultUser().isRestricted()).isFalse();
    assertThat(acl.requiresLogin()).isFalse();
    assertThat(logsIn("default", "anything")).isTrue();
  }

  @Test
  void aNewUser_mayDoNothing() {
    assertThat(after()).isEqualTo("user u off resetchannels -@all");
    assertThat(logsIn("u", "")).isFalse();
    assertThat(Objects.requireNonNull(acl.find("u")).isRestricted()).isTrue();
  }

  @Test
  void passwords_areKeptAsHashesAndAllOfThemWork() {
    acl.change("u", List.of("on", ">one", ">two", ">one"));
    assertThat(Objects.requireNonNull(acl.find("u")).passwords()).hasSize(2);
    assertThat(line("u")).doesNotContain("one").doesNotContain("two");
    assertThat(logsIn("u", "one")).isTrue();
    assertThat(logsIn("u", "two")).isTrue();
    for (String wrong : List.of("", "on", "One", "one\0", "one ", "onee", "three")) {
      assertThat(logsIn("u", wrong)).as(wrong).isFalse();
    }
    acl.change("u", List.of("<one"));
    assertThat(logsIn("u", "one")).isFalse();
    acl.change("u", List.of("off"));
    assertThat(logsIn("u", "two")).isFalse();
    acl.change("u", List.of("on", "nopass"));
    assertThat(logsIn("u", "anything")).isTrue();
    acl.change("u", List.of("resetpass"));
    assertThat(logsIn("u", "anything")).isFalse();
  }

  @Test
  void rules_leadToTheLineThatLeadsToThem() {
    for (List<String> rules :
        List.of(
            List.of("on", ">x", "~a*", "%R~b", "%W~c", "&ch", "+@all", "-@admin", "+config|get"),
            List.of("nopass", "allkeys", "allchannels", "+get", "+select|0", "-config"),
            List.of("reset", "+@read", "(+set ~y)", "(%R~z", "+@all", "-get)"))) {
      acl.remove(List.of("u", "v"));
      acl.change("u", rules);
      List<String> words = List.of(line("u").split(" ", -1));
      acl.change("v", words.subList(2, words.size()));
      assertThat(line("v").replace("user v", "user u")).isEqualTo(line("u"));
    }
  }

  @Test
  void laterRules_replaceEarlierOnesAboutTheSame() {
    assertThat(after("+get", "+set", "-set", "+get")).endsWith("-@all -set +get");
    assertThat(after("+config|get", "-config")).endsWith("-@all -set +get -config");
    assertThat(after("+@all", "-@admin", "+config|get")).endsWith("+@all -@admin +config|get");
    assertThat(after("-@all")).endsWith("resetchannels -@all");
    assertThat(after("%R~x", "%W~x")).contains(" ~x ");
  }

  @Test
  void aRuleThatIsWrong_leavesEverythingAsItWas() {
    String before = after("on", "+get");
    for (String wrong :
        List.of(
            "foo",
            "+foo",
            "-select|0",
            "+config|get|x",
            "+get|",
            "%~x",
            "%RR~x",
            "#12",
            "<x",
            "(+get")) {
      assertThatThrownBy(() -> acl.change("u", List.of("+set", wrong)))
          .isInstanceOf(BadRuleException.class);
      assertThat(line("u")).isEqualTo(before);
    }
    assertThatThrownBy(() -> acl.change("a b", List.of())).isInstanceOf(BadRuleException.class);
  }

  @Test
  void anError_holdsNoPassword() {
    for (String rule : List.of("<secret", "!secret", "#secret")) {
      assertThatThrownBy(() -> acl.change("u", List.of(rule)))
          .hasMessageContaining("(hidden)")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void theFile_givesTheUsersBack() throws IOException {
    Path file = directory.resolve("users.acl");
    acl.change("u", List.of("on", ">x", "+get", "~k*", "(+set ~y)"));
    String before = line("u");
    acl.save(file);
    assertThat(Files.readString(file))
        .isEqualTo("user default on nopass ~* &* +@all\n" + before + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    acl.change("u", List.of("reset"));
    acl.change("v", List.of());
    acl.load(file);
    assertThat(line("u")).isEqualTo(before);
    assertThat(acl.find("v")).isNull();
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileWithAMistake_changesNothingAndSaysEverythingThatIsWrong() throws IOException {
    Path file = directory.resolve("users.acl");
    acl.change("u", List.of("on"));
    Files.writeString(file, "user a on +foo\nuser b %~x >secret\nuzer c\nuser a\nuser d (+get\n");
    assertThatThrownBy(() -> acl.load(file))
        .isInstanceOf(BadRuleException.class)
        .hasMessageContaining(":1: Error in applying operation '+foo': Unknown command")
        .hasMessageContaining(":2: Syntax error. ")
        .hasMessageContaining(":3 should start with user keyword")
        .hasMessageContaining("Duplicate user 'a' found on line 4")
        .hasMessageContaining(":5: Unmatched parenthesis")
        .hasMessageEndingWith("no change to the previously active ACL rules was performed")
        .hasMessageNotContaining("secret");
    assertThat(acl.users()).extracting(User::name).containsExactly("default", "u");
  }

  @Test
  void aFileWithoutTheDefaultUser_leavesItItsPassword() throws IOException {
    Path file = directory.resolve("users.acl");
    Files.writeString(file, "user u on nopass +get\n");
    acl.defaultPassword("secret");
    acl.load(file);
    assertThat(acl.requiresLogin()).isTrue();
    assertThat(logsIn("default", "secret")).isTrue();
    assertThat(logsIn("default", "other")).isFalse();
  }

  @Test
  void listeners_hearWhoHasChangedAndWhoIsGone() throws IOException {
    Path file = directory.resolve("users.acl");
    acl.change("stays", List.of("on"));
    acl.change("changes", List.of("on"));
    acl.change("goes", List.of("on"));
    List<String> heard = new ArrayList<>();
    acl.onChange((before, now) -> heard.add(before.name() + (now == null ? " gone" : "")));
    acl.change("stays", List.of("+get"));
    acl.change("stays", List.of("-@all"));
    acl.change("new", List.of());
    assertThat(heard).containsExactly("stays", "stays");
    heard.clear();
    Files.writeString(file, line("stays") + "\nuser changes on +set\n");
    acl.load(file);
    assertThat(heard).containsExactly("changes gone", "default", "goes gone", "new gone", "stays");
    heard.clear();
    assertThat(acl.remove(List.of("stays", "nobody", "stays"))).isEqualTo(1);
    assertThat(heard).containsExactly("stays gone");
    assertThatThrownBy(() -> acl.remove(List.of("changes", "default")))
        .hasMessage("The 'default' user cannot be removed");
    assertThat(acl.find("changes")).isNotNull();
  }

  @Test
  void aUserMadeAgain_isSomebodyElse() {
    acl.change("u", List.of());
    User first = Objects.requireNonNull(acl.find("u"));
    acl.change("u", List.of("on"));
    assertThat(first.isSameAs(Objects.requireNonNull(acl.find("u")))).isTrue();
    acl.remove(List.of("u"));
    acl.change("u", List.of("on"));
    assertThat(first.isSameAs(Objects.requireNonNull(acl.find("u")))).isFalse();
  }
}
