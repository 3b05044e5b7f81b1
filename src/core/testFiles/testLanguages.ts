import { dotnetProject } from "./dotnetTests.ts";
import { SCRIPTS, WEB_COMPONENTS } from "./scriptTests.ts";
import { type TestLanguage, type TestName, type UsualPlace, beside, below, flat, mirrored } from "./testLanguage.ts";

const after = (text: string, ending?: string): TestName => ({
  before: "",
  after: text,
  ...(ending === undefined ? {} : { ending }),
});
const before = (text: string): TestName => ({ before: text, after: "" });

const JVM_FRAMEWORKS = [
  {
    name: "Kotest",
    file: /^(?:build\.gradle(?:\.kts)?|pom\.xml|libs\.versions\.toml)$/,
    text: /kotest/,
    testName: after("Test"),
  },
  { name: "JUnit 5", file: /^(?:build\.gradle(?:\.kts)?|pom\.xml|libs\.versions\.toml)$/, text: /jupiter|junit5/i },
  { name: "TestNG", file: /^(?:build\.gradle(?:\.kts)?|pom\.xml)$/, text: /testng/i },
  { name: "JUnit 4", file: /^(?:build\.gradle(?:\.kts)?|pom\.xml)$/, text: /junit:junit|<artifactId>junit</ },
];

/** `Sources/Shop/a` is tested in `Tests/ShopTests/a`. */
const swiftTarget: UsualPlace = ({ folder }) => {
  const [sources, target, ...rest] = folder.split("/");
  if (sources !== "Sources" || target === undefined) return undefined;
  return { folder: ["Tests", `${target}Tests`, ...rest].join("/"), sign: `Tests/${target}Tests` };
};

const PYTHON: TestLanguage = {
  endings: ["py"],
  names: [before("test_"), after("_test")],
  places: [flat("tests"), flat("test")],
  frameworks: [
    { name: "pytest", file: /^(?:pytest\.ini|conftest\.py)$/ },
    { name: "pytest", file: /^(?:pyproject\.toml|setup\.cfg|tox\.ini|setup\.py|Pipfile)$/, text: /pytest/ },
    { name: "pytest", file: /^requirements[\w.-]*\.txt$/, text: /^pytest/m },
    { name: "Django's TestCase", file: /^manage\.py$/, text: /django/i, places: [below("tests")] },
  ],
  standard: "unittest",
  sharedFile: "tests.py",
};

const RUBY: TestLanguage = {
  endings: ["rb"],
  names: [after("_test"), after("_spec")],
  places: [mirrored(["lib", "app"], "test")],
  frameworks: [
    ...[{ file: /^\.rspec$/ }, { file: /^(?:Gemfile|[\w-]+\.gemspec)$/, text: /rspec/ }].map((sign) => ({
      name: "RSpec",
      ...sign,
      testName: after("_spec"),
      places: [mirrored(["lib", "app"], "spec")],
    })),
    {
      name: "Minitest",
      file: /^(?:Gemfile|[\w-]+\.gemspec)$/,
      text: /minitest|["']rails["']/,
      places: [mirrored(["lib", "app"], "test")],
    },
  ],
  standard: "Minitest",
};

const NATIVE: Omit<TestLanguage, "endings"> = {
  names: [after("_test"), before("test_"), after("Test"), after(".test")],
  places: [mirrored("src", "tests"), mirrored("src", "test"), flat("tests")],
  frameworks: ["CMakeLists.txt", "vcpkg.json", "conanfile.txt", "conanfile.py", "MODULE.bazel", "meson.build"].flatMap(
    (file) =>
      [
        { name: "GoogleTest", text: /gtest|googletest/i },
        { name: "Catch2", text: /catch2/i },
        { name: "doctest", text: /doctest/i },
        { name: "Unity", text: /unity/i },
      ].map((sign) => ({ ...sign, file: new RegExp(`^${file.replaceAll(".", "\\.")}$`) })),
  ),
  standard: "assert and a main function",
};

/** By VS Code's ids of languages. */
export const TEST_LANGUAGES: ReadonlyMap<string, TestLanguage> = new Map<string, TestLanguage>([
  ...["typescript", "typescriptreact", "javascript", "javascriptreact"].map((id) => [id, SCRIPTS] as const),
  ...["vue", "svelte"].map((id) => [id, WEB_COMPONENTS] as const),
  ["python", PYTHON],
  ["ruby", RUBY],
  ["c", { ...NATIVE, endings: ["c", "h"] }],
  ["cpp", { ...NATIVE, endings: ["cpp", "cc", "cxx", "hpp", "h"], standard: "GoogleTest" }],
  [
    "go",
    {
      endings: ["go"],
      names: [after("_test")],
      places: [beside],
      frameworks: [
        { name: "Ginkgo", file: /^go\.mod$/, text: /onsi\/ginkgo/ },
        { name: "testing with testify", file: /^go\.mod$/, text: /stretchr\/testify/ },
      ],
      standard: "testing",
    },
  ],
  [
    "rust",
    { endings: ["rs"], names: [], places: [], frameworks: [], standard: "the built-in test attribute", isInside: true },
  ],
  [
    "java",
    {
      endings: ["java"],
      names: [after("Test"), after("Tests"), before("Test")],
      places: [mirrored("src/main/java", "src/test/java"), mirrored("src", "test")],
      frameworks: JVM_FRAMEWORKS.slice(1),
      standard: "JUnit 5",
    },
  ],
  [
    "kotlin",
    {
      endings: ["kt"],
      names: [after("Test"), after("Spec")],
      places: [
        mirrored("src/main/kotlin", "src/test/kotlin"),
        mirrored("src/main/java", "src/test/java"),
        mirrored("src/commonMain/kotlin", "src/commonTest/kotlin"),
      ],
      frameworks: JVM_FRAMEWORKS,
      standard: "kotlin.test",
    },
  ],
  [
    "scala",
    {
      endings: ["scala"],
      names: [after("Spec"), after("Suite"), after("Test")],
      places: [mirrored("src/main/scala", "src/test/scala"), mirrored("app", "test")],
      frameworks: [
        { name: "ScalaTest", file: /^(?:build\.sbt|build\.sc|Dependencies\.scala)$/, text: /scalatest/ },
        { name: "MUnit", file: /^(?:build\.sbt|build\.sc)$/, text: /munit/, testName: after("Suite") },
        { name: "specs2", file: /^build\.sbt$/, text: /specs2/ },
      ],
      standard: "ScalaTest",
    },
  ],
  [
    "groovy",
    {
      endings: ["groovy"],
      names: [after("Spec"), after("Test")],
      places: [mirrored("src/main/groovy", "src/test/groovy")],
      frameworks: [],
      standard: "Spock",
    },
  ],
  [
    "csharp",
    {
      endings: ["cs"],
      names: [after("Tests"), after("Test")],
      places: [dotnetProject],
      frameworks: [
        { name: "xUnit", file: /\.csproj$|^Directory\.Packages\.props$/, text: /xunit/i },
        { name: "NUnit", file: /\.csproj$|^Directory\.Packages\.props$/, text: /nunit/i },
        { name: "MSTest", file: /\.csproj$|^Directory\.Packages\.props$/, text: /mstest/i },
      ],
      standard: "xUnit",
    },
  ],
  [
    "php",
    {
      endings: ["php"],
      names: [after("Test")],
      places: [mirrored(["src", "app"], "tests/Unit"), mirrored(["src", "app"], "tests")],
      frameworks: [
        { name: "Pest", file: /^composer\.json$/, text: /pestphp/ },
        { name: "PHPUnit", file: /^composer\.json$|^phpunit\.xml(?:\.dist)?$/ },
      ],
      standard: "PHPUnit",
    },
  ],
  [
    "swift",
    {
      endings: ["swift"],
      names: [after("Tests"), after("Test")],
      places: [swiftTarget, flat("Tests")],
      frameworks: [{ name: "Swift Testing", file: /^Package\.swift$/, text: /swift-testing/ }],
      standard: "XCTest",
    },
  ],
  [
    "dart",
    {
      endings: ["dart"],
      names: [after("_test")],
      places: [mirrored("lib", "test")],
      frameworks: [{ name: "flutter_test", file: /^pubspec\.yaml$/, text: /flutter_test/ }],
      standard: "package:test",
    },
  ],
  [
    "elixir",
    {
      endings: ["ex"],
      names: [after("_test", "exs")],
      places: [mirrored("lib", "test")],
      frameworks: [],
      standard: "ExUnit",
    },
  ],
  [
    "lua",
    {
      endings: ["lua"],
      names: [after("_spec"), after("_test"), before("test_")],
      places: [mirrored(["lua", "src"], "spec")],
      frameworks: [],
      standard: "busted",
    },
  ],
  [
    "r",
    {
      endings: ["R", "r"],
      names: [before("test-"), before("test_")],
      places: [mirrored("R", "tests/testthat")],
      frameworks: [],
      standard: "testthat",
    },
  ],
]);
