import assert from "node:assert/strict";
import { taskOfSlashCommand, typedCommand } from "../../src/core/tasks/slashCommand.ts";
import { CHAT_COMMANDS_OFFERED, TASK_COMMANDS, chatCommandOf } from "../../src/protocol/slashChoices.ts";
import { TASK_CHOICES } from "../../src/protocol/taskChoices.ts";

describe("the commands that the composer offers", () => {
  it("name every task once, by words that are understood", () => {
    const tasks = TASK_COMMANDS.map(({ name }) => taskOfSlashCommand(name, ""));
    assert.deepEqual(new Set(tasks), new Set(TASK_CHOICES));
    assert.equal(tasks.length, TASK_CHOICES.length);
  });

  it("of the chat are no tasks", () => {
    const names = CHAT_COMMANDS_OFFERED.map(({ name }) => name);
    assert.deepEqual(names, ["compare", "condense", "clear", "budget", "why", "help"]);
    for (const name of names) assert.equal(taskOfSlashCommand(name, ""), undefined);
  });

  it("of the chat are run when nothing follows them; with words behind them they are a question", () => {
    assert.deepEqual(chatCommandOf("/why"), { type: "run-slash", command: "why", rest: "" });
    assert.deepEqual(chatCommandOf(" /Clear \n"), { type: "run-slash", command: "clear", rest: "" });
    for (const text of ["/why does this loop?", "/fix", "why", "/etc/clear", ""]) {
      assert.equal(chatCommandOf(text), undefined);
    }
  });

  it("take the question to several models along", () => {
    const question = "What is a mutex?";
    assert.deepEqual(chatCommandOf(`/compare ${question}`), { type: "run-slash", command: "compare", rest: question });
    assert.deepEqual(chatCommandOf("/compare"), { type: "run-slash", command: "compare", rest: "" });
  });

  it("are found with what follows them", () => {
    assert.deepEqual(typedCommand("/Fix  the loop "), { name: "fix", rest: "the loop" });
    assert.equal(typedCommand("/home/fix"), undefined);
  });
});
