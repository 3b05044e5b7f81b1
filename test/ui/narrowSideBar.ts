import assert from "node:assert/strict";
import type { Workbench } from "./workbench.ts";

const NARROW_PX = 250;

/** Makes the side bar narrow by its edge, as a person does. */
export async function narrowSideBar({ page }: Workbench): Promise<void> {
  const box = await page.locator(".part.sidebar").boundingBox();
  assert.ok(box !== null);
  await page.mouse.move(box.x + box.width, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + NARROW_PX, box.y + 300, { steps: 5 });
  await page.mouse.up();
}
