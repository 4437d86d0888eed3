package dev.redistill.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redistill.commands.CommandGroups;
import dev.redistill.commands.Console;
import dev.redistill.config.BadValueException;
import dev.redistill.config.ConfigLoader;
import dev.redistill.config.StartNotes.Rename;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that rename-command hides; what is answered was recorded from Redis 7.0.15. */
final class CommandTableTest {

  @Test
  void aRenamedCommand_answersToItsNewNameAlone() {
    Console client = console("rename-command get Mine\nrename-command SET \"\"");
    assertThat(client.raw("mine", "x")).isEqualTo("$-1\r\n");
    assertThat(client.raw("MINE"))
        .isEqualTo("-ERR wrong number of arguments for 'get' command\r\n");
    assertThat(client.raw("GET", "x"))
        .isEqualTo("-ERR unknown command 'GET', with args beginning with: 'x' \r\n");
    assertThat(client.raw("SET", "x", "y"))
        .isEqualTo("-ERR unknown command 'SET', with args beginning with: 'x' 'y' \r\n");
  }

  @Test
  void aNameThatIsTaken_isRefused() {
    List<Rename> renames = List.of(new Rename("get", "SET"));
    assertThatThrownBy(() -> new CommandTable(CommandGroups.all(), renames))
        .isInstanceOf(BadValueException.class)
        .hasMessage("rename-command: there is a command 'set' already");
  }

  @Test
  void twoCommands_maySwapNamesByWayOfAThird() {
    List<Rename> renames =
        List.of(new Rename("get", "x"), new Rename("set", "get"), new Rename("x", "set"));
    CommandTable table = new CommandTable(CommandGroups.all(), renames);
    assertThat(table.find("get")).extracting(Command::name).isEqualTo("set");
    assertThat(table.find("set")).extracting(Command::name).isEqualTo("get");
  }

  @Test
  void aCommandThatIsNotThere_needsNoHiding() {
    CommandTable table =
        new CommandTable(CommandGroups.all(), List.of(new Rename("nosuchcommand", "")));
    assertThat(table.all()).hasSameSizeAs(new CommandTable(CommandGroups.all()).all());
  }

  private static Console console(String configuration) {
    ConfigLoader loader = new ConfigLoader();
    loader.readText("test", configuration);
    return new Console(loader.config());
  }
}
