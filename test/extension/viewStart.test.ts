import assert from "node:assert/strict";
import { mock } from "node:test";
import { ViewStart } from "../../src/extension/platform/viewStart.ts";

const LONG_MS = 120_000;

/** A started page with its view, which counts what was written into it. */
function startedView() {
  const htmls: string[] = [];
  const webview = {
    set html(value: string) {
      htmls.push(value);
    },
  };
  const view = { visible: true, webview: webview as never };
  const page = new ViewStart(view, () => `page ${htmls.length + 1}`);
  page.start();
  const turn = (visible: boolean): void => {
    view.visible = visible;
    page.noteVisibility();
  };
  return { page, htmls, show: () => turn(true), hide: () => turn(false) };
}

describe("the page of a view", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("is started once when it reports in time", () => {
    const { page, htmls } = startedView();
    mock.timers.tick(5_000);
    page.noteReport();
    mock.timers.tick(LONG_MS);
    assert.deepEqual(htmls, ["page 1"]);
  });

  it("is started again when it does not report, each time with more patience, and not for ever", () => {
    const { htmls } = startedView();
    mock.timers.tick(6_000);
    assert.deepEqual(htmls, ["page 1", "page 2"]);
    mock.timers.tick(11_999);
    assert.equal(htmls.length, 2);
    mock.timers.tick(1);
    assert.equal(htmls.length, 3);
    mock.timers.tick(24_000);
    mock.timers.tick(LONG_MS);
    assert.equal(htmls.length, 4);
  });

  it("is started again when it does not report after the view was hidden and shown", () => {
    const { page, htmls, show, hide } = startedView();
    page.noteReport();
    hide();
    show();
    mock.timers.tick(6_000);
    assert.deepEqual(htmls, ["page 1", "page 2"]);
    page.noteReport();
    mock.timers.tick(LONG_MS);
    assert.equal(htmls.length, 2);
  });

  it("is left alone while the view is hidden, and watched when it is shown", () => {
    const { htmls, show, hide } = startedView();
    hide();
    mock.timers.tick(LONG_MS);
    assert.equal(htmls.length, 1);
    show();
    mock.timers.tick(6_000);
    assert.equal(htmls.length, 2);
  });

  it("is left alone once the view is gone", () => {
    const { page, htmls } = startedView();
    page.dispose();
    mock.timers.tick(LONG_MS);
    assert.equal(htmls.length, 1);
  });
});
