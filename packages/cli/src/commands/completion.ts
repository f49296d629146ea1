import { Argument, type Command } from "@commander-js/extra-typings";
import { newCommand } from "../command/new-command.js";
import type { World } from "../world.js";

const shells = ["bash", "zsh", "fish"] as const;

/** The script of a shell, and the command that it asks. */
export function addCompletion(world: World, program: Command): void {
  const command = newCommand("completion", world.terminal)
    .summary("print or install completion for bash, zsh or fish")
    .description("Prints the completion script of a shell, or puts it where the shell finds it.")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .option("--install", "put it where the shell finds it, and say where");
  command.action(async (shell) => {
    const { completionScript, installCompletion } = await import("../completion/completion.js");
    const script = await completionScript(program, shell);
    if (command.opts().install) await installCompletion(world, shell, script);
    else world.terminal.out.write(script);
  });
  program.addCommand(command);
  const asked = newCommand("complete", world.terminal)
    .argument("[words...]", "the command line so far, after --")
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words) => (await import("../completion/completion.js")).complete(program, words));
  program.addCommand(asked, { hidden: true });
}
