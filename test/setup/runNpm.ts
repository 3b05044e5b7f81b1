import { type EndedCommand, runToEnd } from "./runToEnd.ts";

/** Runs npm in a folder. The settings an outer `npm run` puts into the environment are not passed on. */
export async function runNpm(parameters: readonly string[], workingFolder: string): Promise<EndedCommand> {
  const npmScript = process.env["npm_execpath"];
  const environment = withoutNpmVariables(process.env);
  if (npmScript?.endsWith(".js")) {
    return await runToEnd(process.execPath, [npmScript, ...parameters], { workingFolder, environment });
  }
  return await runToEnd("npm", parameters, { workingFolder, environment, shell: process.platform === "win32" });
}

/** The environment without the variables that describe the npm run this process is part of. */
export function withoutNpmVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const describesRun = /^(npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)|INIT_CWD)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !describesRun.test(name)));
}
