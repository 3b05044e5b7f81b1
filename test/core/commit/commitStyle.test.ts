import assert from "node:assert/strict";
import fc from "fast-check";
import { type CommitStyle, readCommitStyle } from "../../../src/core/commit/commitStyle.ts";

interface History {
  readonly name: string;
  readonly messages: readonly string[];
  readonly style: Partial<CommitStyle>;
}

const HISTORIES: readonly History[] = [
  {
    name: "Conventional Commits with scopes",
    messages: [
      "feat(parser): read arrays\n\nThey may be nested.",
      "fix(parser): keep the last line\n\nIt was dropped without a line end.",
      "chore(deps): bump zod",
      "feat(lexer)!: drop octal numbers\n\nBREAKING CHANGE: none left",
    ],
    style: {
      form: "conventional",
      types: ["feat", "fix", "chore"],
      scopes: ["parser", "deps", "lexer"],
      hasBody: true,
      capital: "lower",
      language: "English",
    },
  },
  {
    name: "Conventional Commits without scopes or bodies",
    messages: ["feat: add a cache", "fix: close the file", "docs: tell about the cache", "ci: use node 24"],
    style: { form: "conventional", scopes: [], hasBody: false },
  },
  {
    name: "Conventional Commits among merges",
    messages: ["Merge pull request #12 from a/b", "Merge branch 'main'", "feat(ui): add a button", "Merge branch 'x'"],
    style: { form: "conventional", scopes: ["ui"], examples: ["feat(ui): add a button"] },
  },
  {
    name: "Conventional Commits in German",
    messages: [
      "feat(rechnung): Rabatt für Stammkunden hinzufügen",
      "fix(rechnung): Rundung der Steuer korrigieren",
      "docs: Anleitung für den Import ergänzt",
    ],
    style: { form: "conventional", language: "German", capital: "upper" },
  },
  {
    name: "Conventional Commits with capital letters",
    messages: ["Fix: Close the socket", "Feat: Add retries", "Chore: Update tools"],
    style: { form: "conventional", types: ["Fix", "Feat", "Chore"], capital: "upper" },
  },
  {
    name: "gitmoji as emoji",
    messages: ["✨ Add dark mode", "🐛 Fix the crash on start", "♻️ Simplify the store", "📝 Describe the setup"],
    style: { form: "gitmoji", types: [], capital: "upper" },
  },
  {
    name: "gitmoji as codes",
    messages: [":sparkles: add search", ":bug: fix paging", ":art: format"],
    style: { form: "gitmoji", capital: "lower" },
  },
  {
    name: "emoji before Conventional Commits",
    messages: ["✨ feat(api): add a route", "🐛 fix(api): answer 404", "📝 docs: describe the routes"],
    style: { form: "conventional", types: ["feat", "fix", "docs"], scopes: ["api"] },
  },
  {
    name: "the kernel's areas, with bodies and trailers",
    messages: [
      "net/mlx5: Fix the leak on reload\n\nThe queue was kept.\n\nSigned-off-by: A B <a@b>",
      "drm/amdgpu: Avoid a double free\n\nTwo paths free it.\n\nSigned-off-by: C D <c@d>",
      "mm: Make the check cheaper\n\nMeasured.\n\nSigned-off-by: E F <e@f>",
    ],
    style: { form: "area", scopes: ["net/mlx5", "drm/amdgpu", "mm"], hasBody: true, capital: "upper" },
  },
  {
    name: "Go's packages",
    messages: ["net/http: close idle connections", "cmd/go: allow flags", "runtime, cmd/link: align the table"],
    style: { form: "area", capital: "lower", hasBody: false },
  },
  {
    name: "trailers alone, which are no bodies",
    messages: [
      "Add a test\n\nSigned-off-by: A <a@b>",
      "Use less memory\n\nCo-authored-by: B <b@c>",
      "Say why\n\nFixes #12",
    ],
    style: { form: "plain", hasBody: false },
  },
  {
    name: "tickets",
    messages: ["ABC-12 Add the export", "ABC-40: Fix the export", "[ABC-41] Name the export"],
    style: { form: "ticket", capital: "upper" },
  },
  {
    name: "tickets by number",
    messages: ["#12 add a page", "#13: mend the page", "#14 drop the page"],
    style: { form: "ticket" },
  },
  {
    name: "plain imperatives",
    messages: ["Add a cache for the model list", "Close the file when the window goes", "Say what was left out"],
    style: { form: "plain", capital: "upper", language: "English", subjectLength: 72 },
  },
  {
    name: "long plain subjects",
    messages: Array.from({ length: 5 }, (_, place) =>
      `Explain at length what happened in step ${place} `.padEnd(100, "x"),
    ),
    style: { form: "plain", subjectLength: 100 },
  },
  {
    name: "one subject that ran over",
    messages: ["x".repeat(300), ...Array.from({ length: 19 }, () => "Add a short one")],
    style: { subjectLength: 72 },
  },
  {
    name: "plain German",
    messages: ["Fehler beim Speichern behoben", "Anzeige der Kosten ergänzt", "Die Tests laufen wieder mit Node 24"],
    style: { form: "plain", language: "German" },
  },
  {
    name: "plain French",
    messages: ["Corrige le calcul de la taxe", "Ajoute un test pour la facture", "Supprime les vieux fichiers"],
    style: { form: "plain", language: "French" },
  },
  {
    name: "plain Spanish",
    messages: ["Añade una prueba para el cálculo", "Corrige los errores del formulario", "Elimina código con fallos"],
    style: { language: "Spanish" },
  },
  {
    name: "plain Portuguese",
    messages: ["Corrige o cálculo do imposto", "Adiciona uma página para os clientes", "Remove código não usado"],
    style: { language: "Portuguese" },
  },
  {
    name: "plain Italian",
    messages: ["Aggiunge un test per la fattura", "Corregge il calcolo della tassa", "Rimuove il codice di prova"],
    style: { language: "Italian" },
  },
  {
    name: "Japanese with types",
    messages: ["feat: 請求書の合計を追加", "fix: 税額の丸めを修正", "docs: READMEを更新"],
    style: { form: "conventional", language: "Japanese" },
  },
  {
    name: "Chinese",
    messages: ["修复登录页面的错误", "添加 Redis 缓存", "更新文档"],
    style: { form: "plain", language: "Chinese" },
  },
  { name: "Korean", messages: ["로그인 오류 수정", "캐시 추가", "문서 갱신"], style: { language: "Korean" } },
  {
    name: "Russian",
    messages: ["Исправлена ошибка при сохранении", "Добавлен кэш моделей", "Обновить README"],
    style: { language: "Russian", capital: "upper" },
  },
  {
    name: "Ukrainian",
    messages: ["Виправлено помилку збереження", "Додано нові тести для сторінки", "Оновлено залежності"],
    style: { language: "Ukrainian" },
  },
  {
    name: "no commits",
    messages: [],
    style: { form: "plain", examples: [], hasBody: false, language: undefined, capital: undefined, subjectLength: 72 },
  },
  {
    name: "what tools write",
    messages: ["Bump zod from 1 to 2", "fixup! Add", 'Revert "Add"'],
    style: { examples: [] },
  },
  {
    name: "line ends of Windows",
    messages: ["Add a page\r\n\r\nIt was missing.\r\n"],
    style: { examples: ["Add a page"], hasBody: true },
  },
];

describe("the style of a repository's commits", () => {
  for (const { name, messages, style } of HISTORIES) {
    it(`is read out of ${name}`, () => {
      const read = readCommitStyle(messages);
      const wanted = Object.fromEntries(Object.keys(style).map((key) => [key, Reflect.get(read, key) as unknown]));
      assert.deepEqual(wanted, style);
    });
  }

  it("is read out of anything", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary-ascii" }), { maxLength: 30 }), (messages) => {
        const { subjectLength, examples } = readCommitStyle(messages);
        assert.ok(subjectLength >= 72 && subjectLength <= 120);
        assert.ok(examples.length <= 8 && examples.every((example) => example.isWellFormed()));
      }),
    );
  });
});
