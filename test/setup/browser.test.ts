import { strict as assert } from "node:assert";
import { browserCandidates } from "./browser.ts";

describe("the search for a browser", () => {
  it("takes only the one that was asked for", () => {
    const environment = { WAYBILL_BROWSER: "/my/browser" };
    assert.deepEqual(browserCandidates({ platform: "linux", environment, playwrightFile: "/pw" }), ["/my/browser"]);
  });

  for (const platform of ["linux", "darwin", "win32"] as const) {
    it(`looks for installed browsers before playwright's own on ${platform}`, () => {
      const environment = { ProgramFiles: "C:\\Program Files" };
      const candidates = browserCandidates({ platform, environment, playwrightFile: "/pw" });
      assert.ok(candidates.length > 1);
      assert.equal(candidates.at(-1), "/pw");
    });
  }

  it("prefers Chromium on Linux", () => {
    const [first] = browserCandidates({ platform: "linux", environment: {}, playwrightFile: "/pw" });
    assert.equal(first, "/usr/bin/chromium");
  });
});
