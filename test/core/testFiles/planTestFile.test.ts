import assert from "node:assert/strict";
import fc from "fast-check";
import { TESTED_LANGUAGES } from "../../../src/core/actions/editorAction.ts";
import { type TestPlan, manifestsToRead, planTestFile } from "../../../src/core/testFiles/planTestFile.ts";
import { TEST_LANGUAGES } from "../../../src/core/testFiles/testLanguages.ts";

interface Layout {
  readonly language?: string;
  readonly source: string;
  /** What else is there; those with a text are read as manifests where they should be. */
  readonly files: readonly (string | readonly [path: string, text: string])[];
  readonly path: string;
  readonly framework: string;
  /** `new` where it is absent. */
  readonly state?: TestPlan["state"];
  readonly example?: string;
}

const npm = (...names: string[]) =>
  ["package.json", JSON.stringify({ devDependencies: Object.fromEntries(names.map((name) => [name, "1"])) })] as const;

const LAYOUTS: Readonly<Record<string, Layout>> = {
  "Vitest, beside the source": {
    source: "src/cart.ts",
    files: [npm("vitest"), "src/price.ts", "src/price.test.ts"],
    path: "src/cart.test.ts",
    framework: "Vitest",
    example: "src/price.test.ts",
  },
  "Vitest by its config, nothing tested yet": {
    source: "src/cart.ts",
    files: ["package.json", "vitest.config.ts"],
    path: "src/cart.test.ts",
    framework: "Vitest",
  },
  "Jest in __tests__": {
    source: "src/shop/cart.js",
    files: [npm("jest"), "src/price.js", "src/__tests__/price.test.js"],
    language: "javascript",
    path: "src/shop/__tests__/cart.test.js",
    framework: "Jest",
    example: "src/__tests__/price.test.js",
  },
  "plain names in __tests__": {
    source: "lib/cart.js",
    files: [npm("jest"), "lib/price.js", "lib/__tests__/price.js"],
    language: "javascript",
    path: "lib/__tests__/cart.js",
    framework: "Jest",
    example: "lib/__tests__/price.js",
  },
  "Mocha, test mirrors src": {
    source: "src/core/money/cart.ts",
    files: [
      npm("mocha"),
      "src/core/a.ts",
      "test/core/a.test.ts",
      "src/web/b.ts",
      "test/web/b.test.ts",
      "src/c.ts",
      "test/c.test.ts",
    ],
    path: "test/core/money/cart.test.ts",
    framework: "Mocha",
    example: "test/core/a.test.ts",
  },
  "Mocha, one flat folder": {
    source: "src/core/cart.ts",
    files: [npm("mocha"), "src/core/a.ts", "test/a.test.ts", "src/web/b.ts", "test/b.test.ts"],
    path: "test/cart.test.ts",
    framework: "Mocha",
    example: "test/a.test.ts",
  },
  "Mocha, nothing tested yet": {
    source: "src/core/cart.ts",
    files: [npm("mocha"), ".mocharc.json"],
    path: "test/core/cart.test.ts",
    framework: "Mocha",
  },
  "Angular with Jasmine": {
    source: "src/app/cart.service.ts",
    files: [npm("jasmine-core"), "karma.conf.js", "src/app/app.component.ts", "src/app/app.component.spec.ts"],
    path: "src/app/cart.service.spec.ts",
    framework: "Jasmine",
    example: "src/app/app.component.spec.ts",
  },
  "Nest without tests": {
    source: "src/cart/cart.service.ts",
    files: [npm("jest", "@nestjs/testing")],
    path: "src/cart/cart.service.spec.ts",
    framework: "Jest",
  },
  Deno: {
    source: "cart.ts",
    files: ["deno.json"],
    path: "cart_test.ts",
    framework: "Deno.test",
  },
  Bun: {
    source: "src/cart.ts",
    files: [npm("@types/bun"), "bun.lockb"],
    path: "src/cart.test.ts",
    framework: "bun:test",
  },
  "Node's own runner where nothing else is there": {
    source: "src/cart.mjs",
    files: [["package.json", '{"scripts":{"test":"node --test"}}']],
    language: "javascript",
    path: "src/cart.test.mjs",
    framework: "node:test",
  },
  "React components beside": {
    source: "src/Cart.tsx",
    files: [npm("vitest"), "src/Price.tsx", "src/Price.test.tsx"],
    language: "typescriptreact",
    path: "src/Cart.test.tsx",
    framework: "Vitest",
    example: "src/Price.test.tsx",
  },
  "Vue components": {
    source: "src/Cart.vue",
    files: [npm("vitest"), "src/Price.vue", "src/Price.spec.ts"],
    language: "vue",
    path: "src/Cart.spec.ts",
    framework: "Vitest",
    example: "src/Price.spec.ts",
  },
  "a monorepo whose packages differ": {
    source: "packages/shop/src/cart.ts",
    files: [
      ["package.json", "{}"],
      ["packages/shop/package.json", '{"devDependencies":{"mocha":"1"}}'],
      ["packages/web/package.json", '{"devDependencies":{"jest":"1"}}'],
      "packages/shop/src/a.ts",
      "packages/shop/test/a.spec.ts",
      "packages/web/src/b.ts",
      "packages/web/src/b.test.ts",
    ],
    path: "packages/shop/test/cart.spec.ts",
    framework: "Mocha",
    example: "packages/shop/test/a.spec.ts",
  },
  "a package that learns from another one, with the framework of the root": {
    source: "packages/new/src/cart.ts",
    files: [
      npm("vitest"),
      "packages/new/package.json",
      "packages/web/package.json",
      "packages/web/src/b.ts",
      "packages/web/test/b.test.ts",
    ],
    path: "packages/new/test/cart.test.ts",
    framework: "Vitest",
    example: "packages/web/test/b.test.ts",
  },
  "a test that exists already": {
    source: "src/cart.ts",
    files: [npm("vitest"), "test/cart.test.ts", "src/a.ts", "src/a.test.ts"],
    path: "test/cart.test.ts",
    framework: "Vitest",
    state: "existing",
  },
  "sources of the same name": {
    source: "src/web/index.ts",
    files: [npm("vitest"), "src/core/index.ts", "test/core/index.test.ts"],
    path: "test/web/index.test.ts",
    framework: "Vitest",
    example: "test/core/index.test.ts",
  },
  "pytest, tests/test_x.py": {
    source: "shop/cart.py",
    files: [
      ["pyproject.toml", "[tool.pytest.ini_options]"],
      "shop/price.py",
      "tests/test_price.py",
      "tests/conftest.py",
    ],
    language: "python",
    path: "tests/test_cart.py",
    framework: "pytest",
    example: "tests/test_price.py",
  },
  "pytest with src, tests mirrored": {
    source: "src/shop/orders/cart.py",
    files: [
      ["pyproject.toml", "pytest"],
      "src/shop/orders/a.py",
      "tests/shop/orders/test_a.py",
      "src/shop/b.py",
      "tests/shop/test_b.py",
    ],
    language: "python",
    path: "tests/shop/orders/test_cart.py",
    framework: "pytest",
    example: "tests/shop/orders/test_a.py",
  },
  "pytest, nothing tested yet": {
    source: "shop/cart.py",
    files: [["requirements-dev.txt", "black\npytest==8"], "shop/__init__.py"],
    language: "python",
    path: "tests/test_cart.py",
    framework: "pytest",
  },
  "Python with _test names beside": {
    source: "shop/cart.py",
    files: ["setup.py", "shop/a.py", "shop/a_test.py"],
    language: "python",
    path: "shop/cart_test.py",
    framework: "unittest",
    example: "shop/a_test.py",
  },
  "Django's tests.py": {
    source: "shop/views.py",
    files: [["manage.py", "import django"], "shop/tests.py"],
    language: "python",
    path: "shop/tests.py",
    framework: "Django's TestCase",
    state: "existing",
  },
  "Django without tests": {
    source: "shop/views.py",
    files: [["manage.py", "import django"], "shop/models.py"],
    language: "python",
    path: "shop/tests/test_views.py",
    framework: "Django's TestCase",
  },
  Go: {
    source: "internal/shop/cart.go",
    files: [["go.mod", "module shop\nrequire github.com/stretchr/testify v1"]],
    language: "go",
    path: "internal/shop/cart_test.go",
    framework: "testing with testify",
  },
  "Go with a test": {
    source: "cart.go",
    files: [["go.mod", "module shop"], "cart_test.go"],
    language: "go",
    path: "cart_test.go",
    framework: "testing",
    state: "existing",
  },
  Rust: {
    source: "src/cart.rs",
    files: ["Cargo.toml", "tests/api.rs"],
    language: "rust",
    path: "src/cart.rs",
    framework: "the built-in test attribute",
    state: "inside",
  },
  Maven: {
    source: "src/main/java/org/shop/Cart.java",
    files: [["pom.xml", "<artifactId>junit-jupiter</artifactId>"]],
    language: "java",
    path: "src/test/java/org/shop/CartTest.java",
    framework: "JUnit 5",
  },
  "Gradle with several modules and names in Tests": {
    source: "shop/src/main/java/org/shop/Cart.java",
    files: [
      "shop/build.gradle",
      ["build.gradle", "testImplementation 'junit:junit:4.13'"],
      "web/build.gradle",
      "web/src/main/java/org/web/Page.java",
      "web/src/test/java/org/web/PageTests.java",
    ],
    language: "java",
    path: "shop/src/test/java/org/shop/CartTests.java",
    framework: "JUnit 4",
    example: "web/src/test/java/org/web/PageTests.java",
  },
  "Kotlin with Kotest": {
    source: "src/main/kotlin/shop/Cart.kt",
    files: [["build.gradle.kts", 'testImplementation("io.kotest:kotest-runner-junit5:5")']],
    language: "kotlin",
    path: "src/test/kotlin/shop/CartTest.kt",
    framework: "Kotest",
  },
  "Scala with MUnit": {
    source: "src/main/scala/shop/Cart.scala",
    files: [["build.sbt", '"org.scalameta" %% "munit" % "1"']],
    language: "scala",
    path: "src/test/scala/shop/CartSuite.scala",
    framework: "MUnit",
  },
  "C# with a test project, nothing tested yet": {
    source: "src/Shop/Orders/Cart.cs",
    files: [
      ["src/Shop/Shop.csproj", "<Project/>"],
      ["tests/Web.Tests/Web.Tests.csproj", "NUnit"],
      ["tests/Shop.Tests/Shop.Tests.csproj", '<PackageReference Include="NUnit" />'],
    ],
    language: "csharp",
    path: "tests/Shop.Tests/Orders/CartTests.cs",
    framework: "NUnit",
  },
  "C# with tests": {
    source: "src/Shop/Orders/Cart.cs",
    files: [
      ["src/Shop/Shop.csproj", "<Project/>"],
      ["tests/Shop.UnitTests/Shop.UnitTests.csproj", "xunit"],
      "src/Shop/Price.cs",
      "tests/Shop.UnitTests/PriceTest.cs",
    ],
    language: "csharp",
    path: "tests/Shop.UnitTests/Orders/CartTest.cs",
    framework: "xUnit",
    example: "tests/Shop.UnitTests/PriceTest.cs",
  },
  RSpec: {
    source: "lib/shop/cart.rb",
    files: [["Gemfile", 'gem "rspec"'], ".rspec", "lib/shop/a.rb", "spec/shop/a_spec.rb"],
    language: "ruby",
    path: "spec/shop/cart_spec.rb",
    framework: "RSpec",
    example: "spec/shop/a_spec.rb",
  },
  "RSpec, nothing tested yet": {
    source: "lib/shop/cart.rb",
    files: [["Gemfile", 'gem "rspec"']],
    language: "ruby",
    path: "spec/shop/cart_spec.rb",
    framework: "RSpec",
  },
  "Rails with Minitest": {
    source: "app/models/cart.rb",
    files: [["Gemfile", 'gem "rails"'], "test/test_helper.rb"],
    language: "ruby",
    path: "test/models/cart_test.rb",
    framework: "Minitest",
  },
  PHPUnit: {
    source: "src/Orders/Cart.php",
    files: [["composer.json", '{"require-dev":{"phpunit/phpunit":"11"}}'], "tests/bootstrap.php"],
    language: "php",
    path: "tests/Orders/CartTest.php",
    framework: "PHPUnit",
  },
  "Laravel with Pest": {
    source: "app/Services/Cart.php",
    files: [["composer.json", "pestphp/pest"], "tests/Unit/ExampleTest.php", "tests/TestCase.php"],
    language: "php",
    path: "tests/Unit/Services/CartTest.php",
    framework: "Pest",
    example: "tests/Unit/ExampleTest.php",
  },
  Swift: {
    source: "Sources/Shop/Orders/Cart.swift",
    files: [["Package.swift", "// swift-tools-version:5.9"]],
    language: "swift",
    path: "Tests/ShopTests/Orders/CartTests.swift",
    framework: "XCTest",
  },
  Flutter: {
    source: "lib/src/cart.dart",
    files: [["pubspec.yaml", "dev_dependencies:\n  flutter_test:"]],
    language: "dart",
    path: "test/src/cart_test.dart",
    framework: "flutter_test",
  },
  Elixir: {
    source: "lib/shop/cart.ex",
    files: ["mix.exs", "test/test_helper.exs"],
    language: "elixir",
    path: "test/shop/cart_test.exs",
    framework: "ExUnit",
  },
  "C++ with GoogleTest": {
    source: "src/cart.cpp",
    files: [["CMakeLists.txt", "find_package(GTest)"], "tests/CMakeLists.txt", "src/price.cpp", "tests/price_test.cpp"],
    language: "cpp",
    path: "tests/cart_test.cpp",
    framework: "GoogleTest",
    example: "tests/price_test.cpp",
  },
  Lua: {
    source: "src/cart.lua",
    files: ["spec/price_spec.lua"],
    language: "lua",
    path: "spec/cart_spec.lua",
    framework: "busted",
    example: "spec/price_spec.lua",
  },
  R: {
    source: "R/cart.R",
    files: ["DESCRIPTION", "tests/testthat.R"],
    language: "r",
    path: "tests/testthat/test-cart.R",
    framework: "testthat",
  },
};

describe("the place of a test file", () => {
  for (const [name, layout] of Object.entries(LAYOUTS)) {
    it(`is known for ${name}`, () => {
      const { source, language: languageId = "typescript", path, framework, state = "new", example } = layout;
      const files = [source, ...layout.files.map((file) => (typeof file === "string" ? file : file[0]))];
      const texts = new Map(layout.files.filter((file) => typeof file !== "string"));
      const manifests = manifestsToRead({ source, languageId, files }).map((each) => ({
        path: each,
        text: texts.get(each) ?? "",
      }));
      const expected = { path, framework, state, ...(example === undefined ? {} : { example }) };
      assert.deepEqual(planTestFile({ source, languageId, files }, manifests), expected);
    });
  }

  it("is asked of no test, and of no language without tests", () => {
    assert.equal(planTestFile({ source: "a.test.ts", languageId: "typescript", files: [] }, []), undefined);
    assert.equal(planTestFile({ source: "a.md", languageId: "markdown", files: [] }, []), undefined);
  });

  it("is known for the languages in which tests are offered, and no others", () => {
    assert.deepEqual([...TEST_LANGUAGES.keys()].toSorted(), [...TESTED_LANGUAGES].toSorted());
  });

  it("never is the source itself, nor outside of the workspace, whatever is there", () => {
    const segment = fc.constantFrom(
      "src",
      "test",
      "tests",
      "__tests__",
      "lib",
      "spec",
      "app",
      "a",
      "b",
      "main",
      "java",
    );
    const name = fc.constantFrom(
      "a.ts",
      "a.test.ts",
      "b.ts",
      "test_a.py",
      "a.py",
      "A.cs",
      "ATests.cs",
      "A.csproj",
      "package.json",
      "a.go",
      "x",
    );
    const path = fc
      .tuple(fc.array(segment, { maxLength: 4 }), name)
      .map(([folders, last]) => [...folders, last].join("/"));
    const languageId = fc.constantFrom(...TEST_LANGUAGES.keys());
    fc.assert(
      fc.property(path, fc.array(path, { maxLength: 30 }), languageId, (source, others, language) => {
        const files = [...new Set([source, ...others])];
        const plan = planTestFile({ source, languageId: language, files }, []);
        if (plan === undefined) return;
        assert.equal(plan.path === source, plan.state === "inside");
        assert.ok(!plan.path.startsWith("/") && !plan.path.includes("..") && !plan.path.includes("//"), plan.path);
        assert.equal(plan.state === "existing", files.includes(plan.path) && plan.state !== "inside");
      }),
      { examples: [["a.ts", ["__tests__/a.go"], "go"]] },
    );
  });
});
