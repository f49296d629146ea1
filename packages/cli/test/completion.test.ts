import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { command, type Environment, homeOf, run } from "./support/command.js";

/** A home with the command in its path. */
async function homeWithCommand(): Promise<Environment> {
  const env = homeOf();
  const bin = join(env.HOME ?? "", "bin");
  await mkdir(bin);
  symlinkSync(command, join(bin, "atlas-streams"));
  return { ...env, PATH: `${bin}:${dirname(process.execPath)}:${env.PATH}` };
}

function shell(program: string, words: readonly string[], env: Environment): Promise<string> {
  return new Promise((resolve) =>
    execFile(program, [...words], { env: env as NodeJS.ProcessEnv, timeout: 60_000 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    ),
  );
}

function has(program: string): boolean {
  const isHere = spawnSync(program, ["--version"]).status === 0;
  if (!isHere) console.log(`There is no ${program} here: completion for it is not tested.`);
  return isHere;
}

/** What bash does at a tab: it calls the function with the words before it, and reads COMPREPLY. */
const askBash = (line: string) => `
source ~/.bashrc; source ~/.bashrc
COMP_LINE="${line}"; COMP_POINT=\${#COMP_LINE}; COMP_WORDS=(${line}); [[ "$COMP_LINE" == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
function_name=$(complete -p atlas-streams | sed -E 's/.*-F ([^ ]+).*/\\1/')
$function_name atlas-streams "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "\${COMPREPLY[@]}"`;

describe("Completion is installed by one command", () => {
  test.skipIf(!has("bash"))("for bash, with or without bash-completion, and may be loaded twice", async () => {
    const env = await homeWithCommand();
    const { code, stderr } = await run(["completion", "bash", "--install"], env);
    expect(code).toBe(0);
    expect(stderr).toContain(".bashrc has a line more, which loads it.");
    await run(["completion", "bash", "--install"], env);
    expect(readFileSync(join(env.HOME ?? "", ".bashrc"), "utf8").match(/source/g)).toHaveLength(1);
    const commands = await shell("bash", ["--norc", "-c", askBash("atlas-streams private-link ")], env);
    expect(await shell("bash", ["--norc", "-c", "source ~/.bashrc; complete -p atlas-streams"], env)).toContain(
      "-o default",
    );
    for (const word of ["get", "list", "create", "wait"]) expect(commands).toMatch(new RegExp(`^${word}\\b`, "m"));
    expect(commands).not.toMatch(/readonly|not found/);
    expect(await shell("bash", ["--norc", "-c", askBash("atlas-streams private-link list --output ")], env)).toMatch(
      /^yaml/m,
    );
  });

  test.skipIf(!has("zsh"))("for zsh", async () => {
    const env = await homeWithCommand();
    await run(["completion", "zsh", "--install"], env);
    writeFileSync(
      join(env.HOME ?? "", "ask.zsh"),
      `
source ~/.zshrc
[[ -n \${_comps[atlas-streams]} ]] && print "loaded \${_comps[atlas-streams]}"
zmodload zsh/zpty
zpty -b shell zsh -i
zpty -w shell $'PS1=READY; bindkey "^I" complete-word; zstyle ":completion:*" list-prompt ""; LISTMAX=0; stty cols 200'
sleep 2
zpty -w -n shell $'atlas-streams private-link cr\\t'
sleep 4
zpty -r shell output '*create*' && print "completed create"
zpty -d shell
`,
    );
    const told = await shell("zsh", ["-f", join(env.HOME ?? "", "ask.zsh")], { ...env, TERM: "xterm" });
    expect(told).toContain("loaded _atlas-streams");
    expect(told).toContain("completed create");
  });

  test.skipIf(!has("fish"))("for fish", async () => {
    const env = await homeWithCommand();
    await run(["completion", "fish", "--install"], env);
    expect(existsSync(join(env.HOME ?? "", ".config/fish/completions/atlas-streams.fish"))).toBe(true);
    const ask = (line: string) => shell("fish", ["-c", `complete -C '${line}'`], env);
    const commands = await ask("atlas-streams private-link ");
    for (const word of ["get", "list", "create", "wait"]) expect(commands).toMatch(new RegExp(`^${word}\\b`, "m"));
    expect(await ask("atlas-streams private-link list --output ")).toMatch(/^yaml/m);
    expect(await ask(`atlas-streams apply --file ${env.HOME}/b`)).toMatch(/\/bin\/$/m);
    expect(await ask("atlas-streams private-link create aws-msk --a")).toMatch(/^--arn\tAmazon Resource Name/m);
  });
});
