import { isMap, readWorkflow, type WorkflowMap, type WorkflowValue } from "./readWorkflow.ts";

/** Events that others can set off with a text of theirs while the workflow has rights of ours. */
const OUR_EVENTS = ["push", "pull_request"];
const PINNED = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const HARMLESS = ["contents: read", "attestations: read"];

interface Job {
  readonly name: string;
  readonly job: WorkflowMap;
  readonly steps: readonly WorkflowMap[];
}

/** One sentence for each rule that any workflow breaks: only pinned actions, no more rights than a job needs, nothing of others run. */
export function workflowProblems(text: string): string[] {
  const workflow = readWorkflow(text);
  return [
    ...text
      .split("\n")
      .filter((line) => /\buses\s*:/.test(line) && !PINNED.test(line))
      .map((line) => `not pinned by the hash of a version: ${line.trim()}`),
    ...eventsOf(workflow)
      .filter((event) => !OUR_EVENTS.includes(event))
      .map((event) => `is set off by ${event}`),
    ...(isMap(workflow["permissions"]) && Object.keys(workflow["permissions"]).length === 0
      ? []
      : ["does not begin without rights (permissions: {})"]),
    ...(/\bsecrets\b/.test(withoutComments(text)) ? ["uses a stored secret"] : []),
    ...(/github\.(?:event|head_ref|actor)\b/.test(text) ? ["uses words of others"] : []),
    ...(/actions\/cache|^\s*(?:- )?cache[\w-]*:/m.test(text)
      ? ["uses a cache, which another run may have filled"]
      : []),
    ...jobsOf(workflow).flatMap(jobProblems),
  ];
}

/** The rules of the workflow that publishes, beside those of all. */
export function releaseProblems(text: string): string[] {
  const workflow = readWorkflow(text);
  const jobs = jobsOf(workflow);
  const publishers = jobs.filter(({ steps }) => steps.some((step) => /\bvsce publish\b/.test(textOf(step["run"]))));
  const [publisher] = publishers;
  if (publisher === undefined || publishers.length > 1) return ["does not publish in exactly one job"];
  return [
    ...(isSetOffByTagsOnly(workflow) ? [] : ["is set off by something else than a tag of a version"]),
    ...publisherProblems(publisher, jobs),
    ...jobs.filter((job) => job !== publisher).flatMap(helperProblems),
    ...(isTagChecked(jobs) ? [] : ["does not check that the tag is of this version and on main"]),
    ...(isPackageCompared(publisher, jobs) ? [] : ["does not compare what is served with what was built"]),
  ];
}

function jobProblems({ name, job, steps }: Job): string[] {
  const { permissions } = job;
  const runs = steps.map((step) => textOf(step["run"]));
  const checkouts = steps.filter((step) => textOf(step["uses"]).startsWith("actions/checkout@"));
  return [
    ...(isMap(permissions) ? [] : [`${name} does not name its rights`]),
    ...(textOf(job["runs-on"]) === "ubuntu-24.04" ? [] : [`${name} does not run on a fixed, fresh machine`]),
    ...(/^\d+$/.test(textOf(job["timeout-minutes"])) ? [] : [`${name} may run for hours`]),
    ...(runs.some((run) => run.includes("${{")) ? [`${name} runs a text that is put together`] : []),
    ...(runs.some((run) => /\bnpm (?:ci|install|i)\b(?!.*--ignore-scripts)/.test(run))
      ? [`${name} lets packages run scripts`]
      : []),
    ...(runs.some((run) => /\bnpx\b|\|\s*(?:ba)?sh\b/.test(run)) ? [`${name} runs what it downloads`] : []),
    ...(checkouts.every((step) => isMap(step["with"]) && step["with"]["persist-credentials"] === "false")
      ? []
      : [`${name} keeps the token of the checkout`]),
  ];
}

function publisherProblems({ name, job, steps }: Job, jobs: readonly Job[]): string[] {
  const commands = steps.map((step) => textOf(step["run"]));
  const attesters = jobs.filter((other) => usesAction(other, "actions/attest-build-provenance"));
  const needs = listOf(job["needs"]);
  return [
    ...(textOf(job["environment"]) === "marketplace" ? [] : [`${name} is in no protected environment`]),
    ...(sameRights(job, ["contents: read", "id-token: write"]) ? [] : [`${name} has other rights than it needs`]),
    ...(commands.some((run) => /\bvsce publish --oidc --packagePath \S+$/.test(run))
      ? []
      : [`${name} does not publish the built package without a stored token`]),
    ...(/--pat\b|VSCE_PAT|OVSX_PAT|--azure-credential/.test(commands.join("\n")) ? [`${name} uses a token`] : []),
    ...(commands.some((run) => run.includes("sha256sum --check")) ? [] : [`${name} does not check what it publishes`]),
    ...(commands.some((run) => /\bnpm (?:test|run)\b/.test(run)) ? [`${name} builds with the right to publish`] : []),
    ...(attesters.length === 1 && attesters.every((attester) => needs.includes(attester.name))
      ? []
      : [`${name} does not wait until the package is attested`]),
    ...(needs.includes("build") ? [] : [`${name} does not wait for the tests`]),
  ];
}

/** Every other job writes one thing at most, and none that writes has the sources or runs their tools. */
function helperProblems(helper: Job): string[] {
  const rights = rightsOf(helper.job).filter((right) => !HARMLESS.includes(right));
  const isAttester = usesAction(helper, "actions/attest-build-provenance");
  const allowed = isAttester ? ["attestations: write", "id-token: write"] : ["contents: write"];
  const tooMany = rights.filter((right) => !allowed.includes(right));
  const touchesSources = usesAction(helper, "actions/checkout") || /\bnpm\b/.test(JSON.stringify(helper.steps));
  return [
    ...tooMany.map((right) => `${helper.name} has the right ${right}`),
    ...(rights.length > 0 && touchesSources ? [`${helper.name} has the sources and a right to write`] : []),
    ...("environment" in helper.job ? [`${helper.name} is in an environment`] : []),
  ];
}

function isSetOffByTagsOnly(workflow: WorkflowMap): boolean {
  const events = workflow["on"];
  if (!isMap(events) || Object.keys(events).join() !== "push" || !isMap(events["push"])) return false;
  return Object.keys(events["push"]).join() === "tags" && listOf(events["push"]["tags"]).join() === "v*.*.*";
}

function isTagChecked(jobs: readonly Job[]): boolean {
  const build = jobs.find(({ name }) => name === "build");
  const runs = (build?.steps ?? []).map((step) => textOf(step["run"]));
  const check = runs.findIndex((run) => run.includes("merge-base --is-ancestor") && run.includes("GITHUB_REF_NAME"));
  return check >= 0 && runs.indexOf("npm test") > check;
}

function isPackageCompared(publisher: Job, jobs: readonly Job[]): boolean {
  return jobs.some(({ job, steps }) => {
    const runs = steps.map((step) => textOf(step["run"])).join("\n");
    const sees = ["marketplace.visualstudio.com", "sha256sum --check", "gh attestation verify"];
    return listOf(job["needs"]).includes(publisher.name) && sees.every((word) => runs.includes(word));
  });
}

function eventsOf(workflow: WorkflowMap): string[] {
  const events = workflow["on"];
  return isMap(events) ? Object.keys(events) : listOf(events ?? "");
}

function jobsOf(workflow: WorkflowMap): Job[] {
  const jobs = workflow["jobs"];
  if (!isMap(jobs)) return [];
  return Object.entries(jobs).map(([name, job]) => {
    if (!isMap(job) || !Array.isArray(job["steps"])) throw new Error(`The job ${name} has no steps.`);
    return { name, job, steps: job["steps"].filter(isMap) };
  });
}

function usesAction({ steps }: Job, action: string): boolean {
  return steps.some((step) => textOf(step["uses"]).startsWith(`${action}@`));
}

function rightsOf(job: WorkflowMap): string[] {
  const { permissions } = job;
  return isMap(permissions) ? Object.entries(permissions).map(([name, right]) => `${name}: ${textOf(right)}`) : [];
}

function sameRights(job: WorkflowMap, rights: readonly string[]): boolean {
  return rightsOf(job).toSorted().join() === rights.join();
}

function listOf(value: WorkflowValue | undefined): string[] {
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)].filter((text) => text !== "");
}

function textOf(value: WorkflowValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function withoutComments(text: string): string {
  return text.replaceAll(/(?:^|\s)#.*$/gm, "");
}
