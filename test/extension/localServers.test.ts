import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";
import { findLocalServers, LOCAL_SERVER_PLACES, type LocalServerPlace } from "../../src/gateway/findLocalServers.ts";
import { isLoopback } from "../../src/gateway/isLoopback.ts";
import { selectTransport } from "../../src/gateway/selectTransport.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { type NotingServer, startNotingServer, startRedirectingServer } from "../promises/redirectingServers.ts";
import { servicesWith } from "./chatServices.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

const URL_SETTING = "waybill.gateway.url";

describe("finding model servers of this machine", () => {
  let editor: EditorStage;
  let simulator: Simulator;
  let empty: NotingServer;
  /** Accepts and says nothing. */
  const silent = createServer();

  before(async () => {
    editor = openEditorStage();
    [simulator, empty] = await Promise.all([startSimulator(), startNotingServer()]);
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
  });
  beforeEach(() => {
    editor.questions.length = 0;
    editor.userSettings.clear();
    editor.answer = () => undefined;
  });
  after(async () => {
    silent.close();
    await Promise.all([simulator.close(), empty.close()]);
    editor.remove();
  });

  const place = (name: string, baseUrl: string): LocalServerPlace => ({ name, baseUrl });
  const silentPlace = () => {
    const address = silent.address();
    return place("Silent", `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/v1`);
  };
  const nobody = place("Nobody", "http://127.0.0.1:1/v1");

  async function show(places: readonly LocalServerPlace[]): Promise<void> {
    const { showLocalServers } = await import("../../src/extension/features/gateway/showLocalServers.ts");
    await showLocalServers(servicesWith({} as never, { done: [], logged: [] }), places);
  }

  it("looks at this machine alone", () => {
    assert.ok(LOCAL_SERVER_PLACES.every(({ baseUrl }) => isLoopback(new URL(baseUrl).hostname)));
    assert.deepEqual(
      LOCAL_SERVER_PLACES.map(({ baseUrl }) => new URL(baseUrl).port),
      ["11434", "1234", "8000", "8080"],
    );
  });

  it("finds what answers with models, waits for nobody else, follows no redirect and shows no key", async () => {
    const away = await startRedirectingServer(307, (path) => `${empty.origin}${path}`);
    const transport = selectTransport("direct", new URL(simulator.origin));
    const places = [place("Own", simulator.baseUrl), silentPlace(), nobody, place("Away", `${away.origin}/v1`)];
    const startedAt = performance.now();
    const found = await findLocalServers(transport.send, places, new AbortController().signal);
    assert.ok(performance.now() - startedAt < 4_000);
    assert.deepEqual(
      found.map(({ name }) => name),
      ["Own"],
    );
    assert.ok((found[0]?.models.length ?? 0) > 10);
    assert.equal(empty.connections(), 0);
    assert.doesNotMatch(away.received.join(""), /authorization/i);
    await assert.rejects(findLocalServers(transport.send, places, AbortSignal.abort()), { code: "aborted" });
    await transport.close();
    await away.close();
  });

  it("puts the chosen one into the person's settings, and takes it back", async () => {
    const places = [place("Own", simulator.baseUrl), place("Empty", `${empty.origin}/v1`)];
    editor.answer = ({ choices }) => choices.find((choice) => typeof choice === "object");
    await show(places);
    assert.equal(editor.userSettings.get(URL_SETTING), simulator.baseUrl);
    const [list, told] = editor.questions;
    assert.deepEqual(
      list?.choices.map((choice) => typeof choice === "object" && choice !== null && "label" in choice && choice.label),
      ["Own", "Empty"],
    );
    assert.match(told?.text ?? "", /do not leave the machine.*no key/);

    editor.answer = ({ choices }) => choices[0];
    await show(places);
    assert.equal(editor.userSettings.get(URL_SETTING), simulator.baseUrl, "undone, to what was there before");
  });

  it("changes nothing where nobody answers, or nothing is chosen", async () => {
    await show([nobody]);
    assert.match(editor.questions[0]?.text ?? "", /No model server answers.*\(Nobody at 1\).*nothing was changed/);
    await show([place("Own", simulator.baseUrl)]);
    assert.equal(editor.userSettings.size, 0);
  });
});
