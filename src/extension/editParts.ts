/** What only changing files needs: a bundle of its own, loaded with the first fix. */
export { FixProposals } from "./features/codeActions/fixProposals.ts";
export { runEditorAction } from "./features/codeActions/runEditorAction.ts";
