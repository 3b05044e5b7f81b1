interface CodeRule {
  readonly what: string;
  readonly pattern: RegExp;
}

/** Whatever starts a program, runs text as code, loads code from elsewhere or tells somebody about the person, written by hand or minified. */
const RULES: readonly CodeRule[] = [
  { what: "starts programs", pattern: /child_process|node:(?:cluster|vm|repl|inspector|module|wasi)\b/ },
  {
    what: "runs text as code",
    pattern: /\beval\s*\(|(?<![\w$.])Function\s*\(|\bnew\s+Function\b|set(?:Timeout|Interval)\(\s*["'`]/,
  },
  { what: "runs tasks", pattern: /\.executeTask\b|\bnew\s+[\w$.]*\b(?:Shell|Process|Custom)Execution\b/ },
  {
    what: "runs commands in a terminal",
    pattern: /\bshellIntegration\b[^;]{0,40}executeCommand|\.createTerminal\(\s*[^)\s]/,
  },
  {
    what: "loads code from elsewhere",
    pattern: /\bimport\s*\(\s*(?!["'])|(?:\bimport|\bfrom|\brequire\s*\()[\s(]*["'](?:https?|data|blob):/,
  },
  { what: "loads code of a name made at run time", pattern: /(?<![\w$.])require\s*\(\s*(?!["'])/ },
  {
    what: "makes scripts and workers",
    pattern: /\bimportScripts\s*\(|\bnew\s+(?:Shared)?Worker\s*\(|createElement\(\s*["'`]script|document\.write/,
  },
  {
    what: "is telemetry",
    pattern:
      /createTelemetryLogger|\bmachineId\b|\bsendBeacon\b|applicationinsights|google-analytics|\bsentry\.io\b|posthog|mixpanel|segment\.io/i,
  },
];

/** A text that is sent to a terminal ends without Enter: the second argument says so, and it is written out. */
const SENT_TO_TERMINAL = /\.sendText\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;
const WITHOUT_ENTER = /,\s*(?:false|!1)\s*$/;

/** One sentence for each thing in a file of code, source or bundle, that would run, load or tell what nobody asked for. */
export function forbiddenCode(file: string, code: string): string[] {
  const found = RULES.flatMap(({ what, pattern }) => {
    const [piece] = pattern.exec(code) ?? [];
    return piece === undefined ? [] : [`${file} ${what}: ${piece}`];
  });
  const entered = [...code.matchAll(SENT_TO_TERMINAL)].filter(([, parameters = ""]) => !WITHOUT_ENTER.test(parameters));
  return [...found, ...entered.map(([piece]) => `${file} runs what it sends to a terminal: ${piece}`)];
}
