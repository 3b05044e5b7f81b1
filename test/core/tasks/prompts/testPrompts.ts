import { type PromptTable, SELECTION } from "./labelledPrompt.ts";

export const TEST_PROMPTS: PromptTable = {
  en: [
    ["tests?", SELECTION],
    ["write unit tests for this", SELECTION],
    "Add integration tests for the /orders endpoint, including the error cases",
    ["cover the edge cases", { hasSelection: true, fileKind: "test" }],
    ["pls write tests w/ jest", SELECTION],
    "we need more coverage for src/billing, currently at 40%",
    ["Could you create a spec file for the invoice service? We use vitest and msw.", SELECTION],
    ["generate test data for this schema: 20 users with realistic names, some with missing emails", SELECTION],
    ["mock the database in this", { hasSelection: true, fileKind: "test" }],
    ["add a test that would have caught this bug", SELECTION],
    "write a regression test for issue 412, where the parser crashed on an empty line",
    ["table driven tests please", SELECTION],
    "I just refactored the date helpers and want to be sure I didn't break anything. Can you write a couple of tests that pin down the current behaviour before I go on?",
    ["test this function", SELECTION],
    "playwright e2e test for the checkout",
    ["what test cases am i missing? add them", { hasSelection: true, fileKind: "test" }],
    ["property based tests for the parser with fast-check", SELECTION],
    "set up pytest fixtures for a temporary sqlite database",
    ["also test the case where the list is empty", { hasSelection: true, fileKind: "test" }],
    ["unit test", SELECTION],
    "Create a mock implementation of PaymentGateway for our tests",
    ["snapshot tests for all the components in this folder", {}],
  ],
  de: [
    ["Schreibe Unit-Tests für diese Klasse", SELECTION],
    "bitte noch einen test für den fall dass die datei nicht existiert",
  ],
  fr: [
    ["écris des tests unitaires pour ce service", SELECTION],
    ["ajoute des tests pour les cas limites", SELECTION],
  ],
  es: [
    ["genera pruebas unitarias para esta función", SELECTION],
    ["faltan tests para el caso de error", SELECTION],
  ],
  zh: [
    ["给这个函数写单元测试", SELECTION],
    ["补充一些边界情况的测试用例", SELECTION],
  ],
  ja: [
    ["この関数の単体テストを書いて", SELECTION],
    ["異常系のテストケースも追加してください", SELECTION],
  ],
  ru: [
    ["напиши юнит-тесты для этого класса", SELECTION],
    ["добавь тест на пустой список", SELECTION],
  ],
};
