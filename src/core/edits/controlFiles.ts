import { plainNames, plainPath, resolveDots } from "./plainPath.ts";

/**
 * Why a file decides what tools and the editor run. `editor`: the editor's own settings and tasks. `git`: what git runs and
 * trusts. `workflow`: what a build server runs. `shell`: what every shell runs at its start. `manifest`: what a package or build
 * tool runs. `assistant`: what assistants obey. `secrets`: keys and passwords.
 */
export type ControlKind = "editor" | "git" | "workflow" | "shell" | "manifest" | "assistant" | "secrets";

const IN_FOLDER: readonly (readonly [RegExp, ControlKind])[] = [
  [/(?:^|\/)\.git(?:\/|$)/u, "git"],
  [/(?:^|\/)(?:\.vscode|\.vscode-server|\.idea|\.devcontainer|\.fleet|\.zed)(?:\/|$)/u, "editor"],
  [/(?:^|\/)\.github\/(?:workflows|actions)\//u, "workflow"],
  [/(?:^|\/)(?:\.circleci|\.buildkite|\.woodpecker|\.gitlab)(?:\/|$)/u, "workflow"],
  [/(?:^|\/)(?:\.husky|\.githooks|\.lefthook)(?:\/|$)/u, "git"],
  [/(?:^|\/)\.github\/(?:agents|hooks|prompts|instructions|chatmodes)\//u, "assistant"],
  [
    /(?:^|\/)(?:\.claude|\.codex|\.cursor|\.roo|\.kilocode|\.clinerules|\.windsurf|\.continue|\.gemini|\.aider)(?:\/|$)/u,
    "assistant",
  ],
  [/(?:^|\/)(?:\.ssh|\.gnupg|\.aws|\.kube|\.docker)(?:\/|$)/u, "secrets"],
  [/(?:^|\/)\.cargo\/config(?:\.toml)?$/u, "manifest"],
  [/(?:^|\/)\.config\/(?:fish|git|systemd|autostart)\//u, "shell"],
];

const NAMES: readonly (readonly [RegExp, ControlKind])[] = [
  [/\.code-workspace$/u, "editor"],
  [/^\.editorconfig$/u, "editor"],
  [/^\.?mcp\.json$/u, "assistant"],
  [/^\.git(?:attributes|config|modules|ignore_global)$/u, "git"],
  [/^(?:\.pre-commit-config\.ya?ml|lefthook\.ya?ml)$/u, "git"],
  [/^(?:\.gitlab-ci|\.travis|azure-pipelines|bitbucket-pipelines|appveyor|\.drone)\.ya?ml$/u, "workflow"],
  [/^(?:jenkinsfile|action\.ya?ml)$/u, "workflow"],
  [/^\.(?:bash|zsh|ksh|csh|tcsh)(?:rc|env|_profile|_login|_logout|_aliases)$/u, "shell"],
  [/^\.(?:profile|login|logout|zprofile|zlogin|zlogout|envrc|inputrc|xinitrc|xprofile|cshrc|tcshrc|kshrc)$/u, "shell"],
  [/^(?:profile|microsoft\.\w+_profile)\.ps1$/u, "shell"],
  [/^(?:package|composer|deno)\.jsonc?$/u, "manifest"],
  [/^(?:package-lock|npm-shrinkwrap|bun)\.(?:json|lockb?)$/u, "manifest"],
  [/^(?:yarn|pnpm-lock|cargo|poetry|uv|pipfile|gemfile|composer|flake|deno)\.(?:lock|yaml)$/u, "manifest"],
  [
    /^(?:\.npmrc|\.yarnrc.*|\.pnpmfile\..+|pnpm-workspace\.yaml|\.pypirc|pip\.conf|\.condarc|\.bunfig\.toml|bunfig\.toml)$/u,
    "manifest",
  ],
  [
    /^(?:cargo\.toml|build\.rs|go\.mod|go\.sum|pyproject\.toml|setup\.py|setup\.cfg|pipfile|gemfile|rakefile|conftest\.py)$/u,
    "manifest",
  ],
  [/^requirements[\w.-]*\.txt$/u, "manifest"],
  [
    /^(?:gnu)?makefile$|^(?:justfile|taskfile\.ya?ml|cmakelists\.txt|meson\.build|dockerfile.*|containerfile|docker-compose.*\.ya?ml|compose\.ya?ml)$/u,
    "manifest",
  ],
  [/\.(?:csproj|fsproj|vbproj|vcxproj|proj|targets|props|sln)$/u, "manifest"],
  [
    /(?:\.gradle|\.gradle\.kts)$|^(?:gradle\.properties|gradle-wrapper\.properties|gradlew(?:\.bat)?|mvnw(?:\.cmd)?|pom\.xml|settings\.xml)$/u,
    "manifest",
  ],
  [/^(?:server\.xml|web\.config|nuget\.config)$/u, "manifest"],
  [
    /^(?:agents|claude|gemini)\.md$|^\.(?:cursorrules|windsurfrules|clinerules|roorules.*|rooignore|roomodes)$|^copilot-instructions\.md$/u,
    "assistant",
  ],
  [/^\.env(?:\..+)?$/u, "secrets"],
  [/^(?:\.netrc|_netrc|id_(?:rsa|ed25519|ecdsa|dsa)|authorized_keys|known_hosts|\.pgpass)$/u, "secrets"],
];

/**
 * Whether a path below a workspace folder, or a whole one, is of a file that an answer must not change along with others.
 * Written as a disk may take it: in any case, with blanks, dots or a stream at the end of a name, with `\`, or with signs that
 * some disks leave out.
 */
export function controlKind(path: string): ControlKind | undefined {
  // Where `\\` is a sign like any other, `..` behind it does not lead out of a folder.
  return kindOf(plainPath(path)) ?? kindOf(plainNames(path).join("/"));
}

function kindOf(plain: string): ControlKind | undefined {
  const folder = IN_FOLDER.find(([pattern]) => pattern.test(plain))?.[1];
  const name = plain.slice(plain.lastIndexOf("/") + 1);
  return folder ?? NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * The path below the folder that holds it, with `/`; `undefined` when none does. Both must be real paths, with links resolved.
 * `ignoresCase`: the disk takes `A` for `a`.
 */
export function pathBelow(folder: string, file: string, ignoresCase: boolean): string | undefined {
  const partsOf = (path: string) => resolveDots(path.replaceAll("\\", "/").split("/"));
  const [inFolder, inFile] = [partsOf(folder), partsOf(file)];
  const key = (part: string | undefined) => (ignoresCase ? part?.toLowerCase() : part);
  const isBelow = inFolder.every((part, index) => key(part) === key(inFile[index]));
  return isBelow && inFile.length > inFolder.length ? inFile.slice(inFolder.length).join("/") : undefined;
}
