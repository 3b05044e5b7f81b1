import assert from "node:assert/strict";
import type { Workbench } from "./workbench.ts";

const NARROW_PX = 250;

/** Makes the side bar narrow by its edge, as a person does. */
export async function narrowSideBar(workbench: Workbench): Promise<void> {
  await sideBarTo(workbench, NARROW_PX);
}

/** Gives the side bar a width. */
export async function sideBarTo({ page }: Workbench, width: number): Promise<void> {
  const box = await page.locator(".part.sidebar").boundingBox();
  assert.ok(box !== null);
  await page.mouse.move(box.x + box.width, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + width, box.y + 300, { steps: 5 });
  await page.mouse.up();
}
