// Loaded with `node --import` into VS Code's server, which hands the flag on to its extension hosts: lets them write
// their log files without the native module that is not compiled here.
import { registerHooks } from "node:module";

const standIn = new URL("spdlogStandIn.mjs", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === "@vscode/spdlog" ? { url: standIn, shortCircuit: true } : nextResolve(specifier, context),
});
