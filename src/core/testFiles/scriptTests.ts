import { type FrameworkSign, type TestLanguage, type TestName, beside, below, mirrored } from "./testLanguage.ts";

const TEST: TestName = { before: "", after: ".test" };
const SPEC: TestName = { before: "", after: ".spec" };

const MIRRORED = [mirrored("src", "test"), mirrored("src", "tests"), mirrored("lib", "test")];

const PACKAGE = /^package\.json$/;

const FRAMEWORKS: readonly FrameworkSign[] = [
  { name: "Vitest", file: /^vitest\.(?:config|workspace)\.\w+$/ },
  { name: "Vitest", file: PACKAGE, text: /"vitest"\s*:/ },
  { name: "Jest", file: PACKAGE, text: /"@nestjs\/testing"\s*:/, testName: SPEC },
  { name: "Jest", file: /^jest\.config\.\w+$/ },
  { name: "Jest", file: PACKAGE, text: /"(?:jest|ts-jest|@jest\/globals|react-scripts|jest-expo)"\s*:/ },
  { name: "Jasmine", file: /^karma\.conf\.\w+$/, testName: SPEC },
  { name: "Jasmine", file: PACKAGE, text: /"jasmine(?:-core)?"\s*:/, testName: SPEC },
  { name: "Mocha", file: /^\.mocharc(?:\.\w+)?$/, places: MIRRORED },
  { name: "Mocha", file: PACKAGE, text: /"mocha"\s*:/, places: MIRRORED },
  { name: "AVA", file: PACKAGE, text: /"ava"\s*:/, places: MIRRORED },
  { name: "tap", file: PACKAGE, text: /"tap"\s*:/, places: MIRRORED },
  { name: "uvu", file: PACKAGE, text: /"uvu"\s*:/, places: MIRRORED },
  { name: "bun:test", file: /^bunfig\.toml$|^bun\.lockb?$/ },
  { name: "bun:test", file: PACKAGE, text: /\bbun test\b|"@types\/bun"\s*:/ },
  { name: "Deno.test", file: /^deno\.jsonc?$/, testName: { before: "", after: "_test" }, places: [beside] },
  { name: "Playwright", file: PACKAGE, text: /"@playwright\/test"\s*:/, testName: SPEC, places: MIRRORED },
];

/** TypeScript and JavaScript. */
export const SCRIPTS: TestLanguage = {
  endings: ["ts", "tsx", "js", "jsx", "mts", "cts", "mjs", "cjs"],
  names: [TEST, SPEC, { before: "", after: "_test" }, { before: "", after: "-test" }, { before: "test-", after: "" }],
  places: [beside, below("__tests__"), ...MIRRORED],
  frameworks: FRAMEWORKS,
  standard: "node:test",
};

/** Components in files of their own kind, whose tests are plain scripts. */
export const WEB_COMPONENTS: TestLanguage = {
  ...SCRIPTS,
  endings: ["vue", "svelte"],
  names: [TEST, SPEC].flatMap((name) => ["ts", "js"].map((ending) => ({ ...name, ending }))),
};
